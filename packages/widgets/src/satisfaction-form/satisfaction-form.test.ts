import { expect } from '@open-wc/testing';
import {
  DELIVERED,
  kit,
  formOf,
  byPage,
  radios,
  choose,
  write,
  press,
  submissions,
} from '../fixtures/answering.testing.js';
import { all, mount, one, root, settled, textOf, hasFocus } from '../fixtures/mount.testing.js';
import { CES, CSAT, MIXED, NPS } from '../fixtures/policy.testing.js';
import { aSurvey } from '../fixtures/records.testing.js';

describe('<liyu-satisfaction-form> questions', () => {
  it('begins with one question, nothing chosen, and unfolds the others after it', async () => {
    const form = await byPage(aSurvey());
    expect(all(form, 'fieldset, textarea')).to.have.length(1);
    expect(all(form, 'input:checked, button[type=submit]')).to.have.length(0);
    await choose(form, 3);
    expect(all(form, 'fieldset')).to.have.length(3);
    expect(all(form, 'input:checked')).to.have.length(1);
    expect(textOf(form)).to.contain('其他方面（可不填）').and.to.contain('提交后不能修改');
  });

  for (const [template, count, first, last] of [
    [CSAT, 5, '非常不满意', '非常满意'],
    [NPS, 11, '0 完全不可能', '10 非常可能'],
    [CES, 7, '1 非常不同意', '7 非常同意'],
  ] as const) {
    it(`offers ${count} answers with words at both ends for ${template.type}`, async () => {
      const form = await byPage(aSurvey(), template);
      expect(radios(form)).to.have.length(count);
      expect(textOf(form)).to.match(new RegExp(`${first}.*${last}`));
    });
  }

  it('takes a choice, a yes or no, a rating and a text', async () => {
    const mixed = await byPage(aSurvey({ template: MIXED.id }), MIXED);
    await choose(mixed, 2);
    await choose(mixed, 1, 'q2');
    await choose(mixed, 1, 'q3');
    await press(mixed, 'button[type=submit]');
    expect(mixed.value?.answers).to.deep.equal({ q1: 3, q2: 1, q3: false });

    const csat = await byPage(aSurvey());
    await choose(csat, 4);
    await choose(csat, 0, 'q3');
    await write(csat, '柜员办理很仔细。');
    await press(csat, 'button[type=submit]');
    expect(csat.value?.answers).to.deep.equal({ q1: 5, q3: 1, q4: '柜员办理很仔细。' });
  });

  it('counts the characters that are left, and drops an empty text', async () => {
    const form = await byPage(aSurvey());
    await choose(form, 4);
    await write(form, '等候时间长');
    expect(textOf(form, '.left')).to.equal('还可输入195字');
    expect(one<HTMLTextAreaElement>(form, 'textarea').maxLength).to.equal(200);
    await write(form, '  \n ');
    await press(form, 'button[type=submit]');
    expect(form.value?.answers).to.deep.equal({ q1: 5 });
  });

  it('can be answered with the keyboard alone', async () => {
    const form = await byPage(aSurvey(), NPS);
    form.focus();
    await settled(form);
    const [first] = radios(form);
    expect(hasFocus(first)).to.equal(true);
    await choose(form, 9);
    const events = submissions(form);
    // What Enter does in a radio button.
    one<HTMLFormElement>(form, 'form').requestSubmit();
    await settled(form);
    expect(events).to.have.length(1);
  });

  it('says beside the question what is missing, and goes there', async () => {
    const form = await byPage(aSurvey());
    one<HTMLFormElement>(form, 'form').requestSubmit();
    await settled(form);
    const question = one(form, '[data-item=q1]');
    expect(textOf(form, '.fault')).to.equal('请先选择一项');
    expect(question.getAttribute('aria-invalid')).to.equal('true');
    expect(question.getAttribute('aria-describedby')).to.contain(one(form, '.fault').id);
    expect(hasFocus(radios(form)[0])).to.equal(true);
    expect(form.value).to.equal(null);
    await choose(form, 0);
    expect(all(form, '.fault')).to.have.length(0);
  });

  it('offers a call back after a low score only, and asks for one only then', async () => {
    const form = await formOf(kit());
    await choose(form, 2);
    expect(all(form, '.call-back')).to.have.length(0);
    await choose(form, 1);
    expect(textOf(form, '.call-back')).to.equal('请经理联系我 48小时内致电您');
    expect(one<HTMLInputElement>(form, '.call-back input').checked).to.equal(false);
    await press(form, '.call-back input');
    await choose(form, 4);
    await press(form, 'button[type=submit]');
    expect(form.value?.callBack).to.equal(false);
  });

  it('is read without fault by assistive technology when all of it is open', async () => {
    for (const template of [CSAT, NPS, CES, MIXED]) {
      const form = await byPage(aSurvey(), template);
      await choose(form, 0);
      await press(form, '.decline');
      await expect(form).to.be.accessible();
    }
  });

  it('gives its answers to a form of the page under its name', async () => {
    const scope = document.createElement('form');
    document.body.append(scope);
    const form = document.createElement('liyu-satisfaction-form');
    form.name = 'survey';
    Object.assign(form, { survey: aSurvey(), template: CSAT });
    scope.append(form);
    await settled(form);
    expect(new FormData(scope).get('survey')).to.equal(null);
    await choose(form, 3);
    expect(new FormData(scope).get('survey')).to.equal('{"q1":4}');
    scope.reset();
    await settled(form);
    expect(all(form, 'input:checked')).to.have.length(0);
    scope.remove();
  });
});

describe('<liyu-satisfaction-form> without a kit', () => {
  it('hands the answer to the page and waits for what becomes of it', async () => {
    const form = await byPage(aSurvey());
    const events = submissions(form);
    await choose(form, 1);
    await press(form, 'button[type=submit]');
    expect(events).to.have.length(1);
    expect(JSON.stringify(events[0]?.detail)).not.to.contain('q1');
    expect(form.value).to.deep.include({ state: 'submitted', answers: { q1: 2 }, callBack: false });
    expect(form.matches(':state(submitting)')).to.equal(true);
    expect(textOf(form, 'button[type=submit]')).to.equal('正在提交');
    await press(form, 'button[type=submit]');
    expect(events).to.have.length(1);
    form.survey = aSurvey(DELIVERED);
    await settled(form);
    expect(textOf(form)).to.contain('感谢您的反馈');
  });

  it('can be answered again when the page gives the survey back', async () => {
    const form = await byPage(aSurvey());
    await choose(form, 1);
    await press(form, 'button[type=submit]');
    form.survey = aSurvey({ rev: 2 });
    await settled(form);
    expect(root(form).dataset.state).to.equal('ready');
    expect(form.matches(':state(open)')).to.equal(true);
    expect(radios(form)[1]!.checked).to.equal(true);
  });

  it('waits for the template', async () => {
    const form = await mount('liyu-satisfaction-form', { props: { survey: aSurvey() } });
    expect(root(form).dataset.state).to.equal('loading');
    form.template = CSAT;
    await settled(form);
    expect(root(form).dataset.state).to.equal('ready');
  });
});
