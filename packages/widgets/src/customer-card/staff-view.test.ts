import { expect } from '@open-wc/testing';
import axe from 'axe-core';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, mount, one, root, settled, textOf } from '../fixtures/mount.testing.js';
import type { Mount } from '../fixtures/mount.testing.js';
import {
  aCareEvent,
  aCase,
  aCustomer,
  anAssessment,
  dayFromToday,
  words,
} from '../fixtures/records.testing.js';
import { loadStaffSide } from './load-staff-side.js';

const OLD = {
  since: '1996-03-12',
  asOf: dayFromToday(-2),
  birthday: '****-03-07',
  birthdayCalendar: 'lunar',
  tier: { class: 'LARGE', level: 3, rung: 'LARGE-3', label: words('大额客户3级', 'Large 3') },
} as const;

/** A desk with two customers, of whom the first is looked at. */
function aDesk(changes: Parameters<typeof aCustomer>[0] = {}): FakeSource {
  const source = new FakeSource();
  source.set('customers', [aCustomer({ ...OLD, ...changes }), aCustomer({ id: 'C2' })]);
  source.set('assessments', [anAssessment()]);
  source.set('careEvents', []);
  source.set('cases', []);
  source.serveStaff(() => Promise.resolve({ value: '13800005678' }));
  return source;
}
const card = (source: FakeSource, more: Mount<'liyu-customer-card'> = {}) =>
  mount('liyu-customer-card', { source, attributes: { customer: 'C1' }, ...more });
const factOf = (element: Element, term: string) => {
  const rows = all(element, '.fact').map((row) => row.textContent.replace(/\s+/g, ' ').trim());
  return rows.find((row) => row.startsWith(`${term} `))?.slice(term.length + 1);
};

describe('<liyu-customer-card customer>', () => {
  before(() => loadStaffSide());
  it('says the years with the bank and the level before anything else, also before a refusal', async () => {
    const source = aDesk();
    for (const name of ['assessments', 'careEvents', 'cases'] as const) {
      source.set(name, { state: 'error', code: 'gone' });
    }
    const element = await card(source);
    expect(textOf(element, '[part=title]')).to.equal('往来30年，大额客户3级');
    expect(textOf(element)).to.match(/^往来30年，大额客户3级 1996年3月开始往来 ?客户号 C1 /);
    expect(factOf(element, '未办结投诉')).to.equal('未知');
    expect(factOf(element, '下一项关怀')).to.equal('未知');
  });

  it('waits for nothing but the customer’s own record', async () => {
    const source = new FakeSource();
    source.set('customers', [aCustomer(OLD)]);
    const element = await card(source);
    expect(textOf(element, '[part=title]')).to.equal('往来30年，大额客户3级');
    expect(factOf(element, '未办结投诉')).to.equal('正在加载');
    expect(factOf(element, '下一项关怀')).to.equal('正在加载');
  });

  it('says the same in English', async () => {
    const element = await card(aDesk(), { locale: 'en' });
    expect(textOf(element, '[part=title]')).to.equal('30 years with us, Large 3');
    expect(textOf(element)).not.to.match(/[\u4e00-\u9fff](?<![王慧敏刘洋陈怡])/);
  });

  it('speaks the language of the staff, not the customer’s', async () => {
    const element = await card(aDesk({ locale: 'en' }));
    expect(root(element).lang).to.equal('zh-CN');
  });

  it('is about the customer that the page names, and follows it to another one', async () => {
    const element = await card(aDesk({ name: '欧阳*明' }));
    expect(factOf(element, '姓名')).to.contain('欧阳*明');
    element.setAttribute('customer', 'C2');
    await settled(element);
    expect(textOf(element)).to.contain('往来8年').and.not.to.contain('欧阳');
    element.setAttribute('customer', 'C3');
    await settled(element);
    expect(textOf(element)).to.contain('没有这位客户的信息，或这位客户不归您服务');
  });

  it('asks for a customer where the page names none, and looks nobody up', async () => {
    const source = aDesk();
    const element = await card(source, { attributes: { customer: '' } });
    expect(textOf(element)).to.contain('请选择一位客户');
    expect(source.asked).to.deep.equal([]);
    const forgotten = await card(source, { attributes: {} });
    expect(textOf(forgotten)).to.contain('请选择一位客户').and.not.to.contain('陈*怡');
  });

  it('shows nobody else, whatever a source gives', async () => {
    const source = aDesk({ name: '欧阳*明' });
    const { watch } = source;
    source.watch = (name, next) => watch.call(source, name, next as never);
    const element = await card(source, { attributes: { customer: 'C2' } });
    expect(factOf(element, '姓名')).to.contain('陈*怡');
    element.setAttribute('customer', 'C3');
    await settled(element);
    expect(root(element).dataset.state).to.equal('empty');
  });

  it('reads for a customer no more than a customer needs', async () => {
    const source = new FakeSource();
    source.set('customers', [aCustomer()]);
    await mount('liyu-customer-card', { source });
    expect(source.asked).to.deep.equal(['customers', 'assessments']);
  });

  it('shows what is masked as it is masked, with the calendar of the birthday', async () => {
    const element = await card(aDesk());
    expect(factOf(element, '姓名')).to.match(/^陈\*怡 ?查看 姓名$/);
    expect(factOf(element, '手机号')).to.match(/^138\*\*\*\*5678 ?查看 手机号$/);
    expect(factOf(element, '生日')).to.match(/^3月7日 ?公历，按农历庆生 ?查看 生日$/);
  });

  it('says unknown where the bank has nothing', async () => {
    const preferences = { ...aCustomer().preferences, channel: null, channelLabel: null };
    const bare = { name: null, phone: null, since: null, branch: null, tier: null, preferences };
    const source = aDesk({
      ...bare,
      birthday: null,
      birthdayCalendar: null,
      clientManager: null,
      careManager: null,
    });
    source.set('assessments', []);
    const element = await card(source);
    expect(textOf(element, '[part=title]')).to.equal('往来时间未知，等级评定中');
    for (const term of ['姓名', '手机号', '开户网点']) {
      expect(factOf(element, term), term).to.equal('未知');
    }
    expect(factOf(element, '生日')).to.equal('未知');
    for (const term of ['客户经理', '客户关怀服务经理', '联系方式', '联系时段']) {
      expect(factOf(element, term), term).to.equal('未指定');
    }
    expect(textOf(element)).not.to.match(/null|undefined|NaN/);
  });

  it('says plainly what the customer switched off', async () => {
    const { preferences } = aCustomer();
    const changed = { ...preferences, contactTime: 'EVENING', personalised: false } as const;
    const element = await card(aDesk({ preferences: changed }));
    expect(factOf(element, '客户意愿')).to.match(/^接受问候与礼品 接受调查邀请 不接受个性化推荐$/);
    expect(factOf(element, '联系时段')).to.equal('晚上');
  });

  it('counts open complaints and says when the first answer is due', async () => {
    const source = aDesk();
    const element = await card(source);
    expect(factOf(element, '未办结投诉')).to.equal('无');
    source.set('cases', [
      aCase('late', { dueOn: '2099-12-20' }),
      aCase('soon', { dueOn: '2099-12-05' }),
      aCase('answered', { state: 'ANSWERED', dueOn: '2099-12-01' }),
      aCase('closed', { state: 'CLOSED' }),
      aCase('withdrawn', { state: 'WITHDRAWN' }),
      aCase('callback', { kind: 'callback' }),
      aCase('other', { customer: 'C2' }),
    ]);
    await settled(element);
    expect(textOf(element, '.note')).to.equal('未办结投诉3件 最早应于2099年12月5日前答复。');
    source.set('cases', [aCase('late', { dueOn: dayFromToday(-1) })]);
    await settled(element);
    expect(textOf(element, '.note')).to.contain('未办结投诉1件').and.to.contain('已超期');
  });

  it('says what is planned next for the customer', async () => {
    const source = aDesk();
    const element = await card(source);
    expect(factOf(element, '下一项关怀')).to.equal('无');
    const planned = { state: 'planned', title: words('生日问候', 'Birthday') } as const;
    source.set('careEvents', [
      aCareEvent('later', { ...planned, on: '2100-03-07' }),
      aCareEvent('next', { ...planned, on: '2099-12-03', title: words('到期提醒', 'Maturity') }),
      aCareEvent('done', { on: '2026-11-01' }),
      aCareEvent('other', { ...planned, on: '2026-11-30', customer: 'C2' }),
    ]);
    await settled(element);
    expect(factOf(element, '下一项关怀')).to.match(
      /^12月3日 到期提醒 ?手机银行，客户关怀服务经理$/,
    );
  });

  it('says of a planned act that its day has passed', async () => {
    const source = aDesk();
    const title = words('电话回访', 'Call');
    source.set('careEvents', [aCareEvent('1', { state: 'planned', on: '2025-12-30', title })]);
    expect(factOf(await card(source), '下一项关怀')).to.match(
      /^12月30日 电话回访 ?计划日已过 ?手机银行，客户关怀服务经理$/,
    );
  });

  it('says how old the data is', async () => {
    const source = aDesk();
    const element = await card(source);
    expect(textOf(element, '[part=foot]')).to.match(/^数据截至 \d+年\d+月\d+日，2天前$/);
    source.set('customers', [aCustomer({ asOf: dayFromToday(0) })]);
    await settled(element);
    expect(textOf(element, '[part=foot]')).to.match(/^数据截至 \d+年\d+月\d+日$/);
  });

  it('takes all of it from the page, and then shows nothing in the clear', async () => {
    const props = { customer: aCustomer(OLD), cases: [aCase('1')], assessment: null };
    const element = await mount('liyu-customer-card', { attributes: { customer: 'C1' }, props });
    expect(textOf(element)).to.contain('往来30年').and.to.contain('未办结投诉1件');
    expect(factOf(element, '下一项关怀')).to.equal('未知');
    expect(all(element, '.reveal')).to.have.length(0);
  });

  for (const locale of ['zh-CN', 'en'] as const) {
    it(`is accessible and fits 390 px with the question open, in ${locale}`, async () => {
      const source = aDesk();
      source.set('cases', [aCase('1')]);
      source.set('careEvents', [aCareEvent('1', { state: 'planned' })]);
      const element = await card(source, { locale });
      element.style.width = '390px';
      one(element, '[data-field=phone] .reveal').click();
      await settled(element);
      expect(one(element, 'select').getBoundingClientRect().height).to.be.at.least(44);
      expect(root(element).scrollWidth).to.be.at.most(390);
      const rules = { region: { enabled: false }, 'page-has-heading-one': { enabled: false } };
      const { violations } = await axe.run(element, { rules, resultTypes: ['violations'] });
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).to.deep.equal([]);
    });
  }
});
