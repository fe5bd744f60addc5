import { expect } from '@open-wc/testing';
import {
  DELIVERED,
  kit,
  formOf,
  byPage,
  radios,
  choose,
  press,
  submissions,
} from '../fixtures/answering.testing.js';
import { all, one, settled, textOf, hasFocus } from '../fixtures/mount.testing.js';
import { aSurvey, dayFromToday } from '../fixtures/records.testing.js';

describe('<liyu-satisfaction-form> answer', () => {
  it('lies on this device first, then is delivered, and each is said', async () => {
    const source = kit();
    const form = await formOf(source);
    const events = submissions(form);
    await choose(form, 3);
    await press(form, 'button[type=submit]');
    const [sent] = source.submitted;
    expect(sent).to.deep.include({ id: 'S1', state: 'submitted', answers: { q1: 4 } });
    expect(sent?.submittedAt).to.match(/^\d{4}-.*Z$/);
    expect(textOf(form)).to.equal('待提交 已保存在本机，联网后提交 请不要清除浏览器数据。');
    expect(form.matches(':state(pending)')).to.equal(true);
    expect(one(form, '.root').dataset.phase).to.equal('pending');
    expect(hasFocus(one(form, '.outcome .headline'))).to.equal(true);
    expect(events.map(({ surveyId, state, detail }) => [surveyId, state, detail])).to.deep.equal([
      ['S1', 'submitted', { surveyId: 'S1', state: 'submitted' }],
    ]);
    expect(events[0]).to.include({ bubbles: true, composed: false });

    source.set('surveys', [aSurvey({ ...DELIVERED, callBack: true })]);
    await settled(form);
    expect(textOf(form)).to.equal('已提交 感谢您的反馈 编号 DC20261122-0093 经理会与您联系。');
    expect(form.matches(':state(delivered)')).to.equal(true);
  });

  it('says that it lasts only as long as the page where nothing is stored', async () => {
    const source = kit();
    source.setStatus({ memory: true });
    const form = await formOf(source);
    await choose(form, 3);
    await press(form, 'button[type=submit]');
    expect(textOf(form)).to.contain('只在本页打开期间保留').and.not.to.contain('浏览器数据');
  });

  it('stays in the form when it couldn’t be written', async () => {
    const source = kit();
    source.submitFails = true;
    const form = await formOf(source);
    const events = submissions(form);
    await choose(form, 3);
    await press(form, 'button[type=submit]');
    expect(textOf(form)).to.contain('没有保存成功');
    expect(radios(form)[3]!.checked).to.equal(true);
    expect(events).to.have.length(0);
    source.submitFails = false;
    await press(form, 'button[type=submit]');
    expect(textOf(form)).to.contain('已保存在本机');
  });

  for (const [code, words] of [
    ['answer_invalid', '有一项回答不符合要求。 您可以修改后再提交。'],
    ['template_unknown', '题目已经更新，请刷新页面后再填写。'],
    ['something_new', '请稍后再试，或致电您的客户经理。'],
  ] as const) {
    it(`can be changed after a refusal because of ${code}, and says why`, async () => {
      const source = kit();
      const form = await formOf(source);
      await choose(form, 3);
      await press(form, 'button[type=submit]');
      const [doc] = source.submitted;
      source.set('surveys', [aSurvey()]);
      source.reject('S1', { code, doc: doc! });
      await settled(form);
      expect(textOf(form, '.note.negative'))
        .to.contain('银行没有接受这份回答')
        .and.to.contain(words);
      expect(radios(form)[3]!.checked).to.equal(true);
      await choose(form, 4);
      await press(form, 'button[type=submit]');
      expect(source.submitted[1]?.answers).to.deep.equal({ q1: 5 });
    });
  }

  it('comes back from the refusal where no draft was kept', async () => {
    const source = kit();
    source.reject('S1', { code: 'answer_invalid', doc: aSurvey({ answers: { q1: 2 } }) });
    const form = await formOf(source);
    expect(radios(form)[1]!.checked).to.equal(true);
  });

  it('says that an earlier one counts', async () => {
    const source = kit(aSurvey(DELIVERED));
    source.reject('S1', { code: 'already_submitted', doc: aSurvey({ answers: { q1: 1 } }) });
    const form = await formOf(source);
    expect(textOf(form)).to.contain('感谢您的反馈').and.to.contain('以先送达的为准');
  });

  it('says when the survey is over, before and after answering', async () => {
    const over = aSurvey({ expiresOn: '2026-11-01' });
    const before = await byPage(over);
    expect(textOf(before)).to.equal(
      '这份调查已于2026年11月1日结束 仍想告诉我们，可以致电您的客户经理。',
    );
    const source = kit(aSurvey({ expiresOn: dayFromToday(0) }));
    source.reject('S1', { code: 'expired', doc: aSurvey({ answers: { q1: 1 } }) });
    const after = await formOf(source);
    expect(textOf(after)).to.contain('没有被采用');
    expect(after.matches(':state(expired)')).to.equal(true);
  });

  it('keeps being shown though another invitation has come meanwhile', async () => {
    const source = kit();
    const form = await formOf(source);
    await choose(form, 3);
    await press(form, 'button[type=submit]');
    source.set('surveys', [aSurvey(DELIVERED), aSurvey({ id: 'S2', on: '2026-11-20' })]);
    await settled(form);
    expect(textOf(form)).to.contain('感谢您的反馈');
  });
});

describe('<liyu-satisfaction-form> declining', () => {
  it('is asked once more, can be taken back, and is then written', async () => {
    const source = kit();
    const form = await formOf(source);
    const events = submissions(form);
    await press(form, '.decline');
    expect(source.submitted).to.have.length(0);
    expect(hasFocus(one(form, '.confirm'))).to.equal(true);
    const names = all(form, 'button').map((button) => button.textContent.trim());
    expect(names).to.deep.equal(['不参加', '确定不参加', '返回填写']);
    await press(form, '.declining .link');
    expect(all(form, '.declining')).to.have.length(0);
    await press(form, '.decline');
    await press(form, '.confirm');
    expect(source.submitted[0]).to.deep.include({ id: 'S1', state: 'declined', answers: null });
    expect(events.map(({ state }) => state)).to.deep.equal(['declined']);
    expect(textOf(form)).to.contain('已记下您不参加这次调查');
    source.set('surveys', [
      aSurvey({ state: 'declined', receivedAt: DELIVERED.receivedAt }),
      aSurvey({ id: 'S2', on: '2026-11-20' }),
    ]);
    await settled(form);
    expect(textOf(form)).to.contain('您没有参加这次调查');
  });
});
