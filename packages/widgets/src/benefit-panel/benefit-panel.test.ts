import { expect } from '@open-wc/testing';
import type { EntitledBenefit } from '@liyu/model';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, hasFocus, mount, one, settled, textOf } from '../fixtures/mount.testing.js';
import { aPolicy } from '../fixtures/policy.testing.js';
import { aBenefit, anEntitlement, aRedemption, dayFromToday } from '../fixtures/records.testing.js';

const panel = (benefits: readonly EntitledBenefit[], changes = {}) =>
  mount('liyu-benefit-panel', {
    props: {
      entitlements: [anEntitlement({ benefits: [...benefits], ...changes })],
      policy: aPolicy(),
    },
  });
const rowOf = (element: Element) => textOf(element, '.benefit');

describe('<liyu-benefit-panel> says of a benefit', () => {
  const cases: readonly [string, EntitledBenefit, string][] = [
    [
      'how often it can still be used',
      aBenefit('B-V3', 'facility', { quota: 6, per: 'year', used: 2 }),
      '贵宾室使用 全年6次，已用2次；本年度至12月31日 可用4次',
    ],
    [
      'that it hasn’t been used',
      aBenefit('B-A5', 'club', { quota: 8, per: 'year' }),
      '逸米俱乐部 健康、运动、休闲、旅游 全年8次；本年度至12月31日 可用8次',
    ],
    [
      'that the year’s uses are gone',
      aBenefit('B-V3', 'facility', { quota: 6, per: 'year', used: 6 }),
      '贵宾室使用 全年6次，已用6次；本年度至12月31日 本年度已用完',
    ],
    [
      'that its only use of the year is gone',
      aBenefit('B-A2', 'gift', { quota: 1, per: 'year', used: 1 }),
      '生日礼物 每年1次；本年度至12月31日 已使用',
    ],
    [
      'that it is given once in a lifetime',
      aBenefit('B-N1', 'gift', { quota: 1, per: 'lifetime' }),
      '欢迎礼券 仅限1次，不限年度 可用1次',
    ],
    [
      'what it adds to a rate',
      aBenefit('B-V1', 'rate', { addBp: 5 }),
      '优惠利率 在基本利率上加0.05个百分点 自动享有',
    ],
    [
      'that a yield is no promise',
      aBenefit('B-V7', 'rate'),
      '更高的理财产品收益率 指可购的客户专属产品。理财非存款，业绩比较基准不代表收益承诺。 可用',
    ],
    ['that a card needs no asking', aBenefit('B-Q1', 'card'), '终身免年费信用卡 自动享有'],
    ['that a service can be used', aBenefit('B-V4', 'service'), '专属客服 可用'],
    [
      'whom to ask when it is suspended',
      aBenefit('B-V8', 'credit', { state: 'SUSPENDED', because: 'credit' }),
      '更低的贷款利率 请联系客户经理 暂停使用',
    ],
    [
      'that it waits for consent',
      aBenefit('B-O2', 'insurance', { state: 'LOCKED', because: 'consent' }),
      '家庭关怀保险 由保险公司承保，需要您同意向其提供信息 未解锁',
    ],
    [
      'from which age it is given',
      aBenefit('B-A6', 'service', { state: 'LOCKED', because: 'age' }),
      '老年客户上门服务 年满65岁可享 未解锁',
    ],
    [
      'which rule opens it',
      aBenefit('B-Q6', 'credit', { state: 'LOCKED', because: 'sideRule' }),
      '信用卡提额资格 提额资格：刷卡超过额度三分之一 未解锁',
    ],
    [
      'which level opens it',
      aBenefit('B-V10', 'service', { state: 'LOCKED', because: 'rung', opensAt: 'VIP-2' }),
      '专属服务团队 客户经理、投资顾问、财务规划师 VIP客户2级可享',
    ],
  ];
  for (const [what, benefit, words] of cases) {
    it(what, async () => {
      expect(rowOf(await panel([benefit]))).to.equal(words);
    });
  }

  it('until when its uses last, when the year is over', async () => {
    const benefit = aBenefit('B-V3', 'facility', { quota: 6, per: 'year' });
    const element = await panel([benefit], { endsOn: '2025-12-31' });
    expect(rowOf(element)).to.contain('全年6次；至2025年12月31日');
  });
});

describe('<liyu-benefit-panel> order', () => {
  it('groups by kind, cards and credit as one, with what is locked last', async () => {
    const element = await panel([...anEntitlement().benefits].reverse());
    const groups = all(element, '.kind').map((kind) => [
      kind.querySelector('.group')!.textContent.trim(),
      ...[...kind.querySelectorAll('.name')].map((name) => name.textContent),
    ]);
    expect(groups).to.deep.equal([
      ['设施', '贵宾室使用'],
      ['礼品', '欢迎礼券', '生日礼物'],
      ['俱乐部', '逸米俱乐部'],
      ['利率', '更高的理财产品收益率', '优惠利率'],
      ['卡片与信贷', '终身免年费信用卡', '更低的贷款利率', '信用卡提额资格'],
      ['服务', '专属客服', '老年客户上门服务'],
      ['保险', '家庭关怀保险'],
    ]);
  });

  it('folds the benefits of other levels away until they are asked for', async () => {
    const element = await panel(anEntitlement().benefits);
    const others = one(element, '.others');
    const button = one(element, '.others .link');
    const seen = () =>
      [...others.querySelectorAll('.benefit')].filter((row) => row.checkVisibility());
    expect(button.textContent.replace(/\s+/g, '')).to.equal('其他等级的权益2项');
    expect(seen()).to.have.length(0);
    button.click();
    await settled(element);
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    await expect(element).to.be.accessible();
    expect(seen().map((row) => row.querySelector('.name')?.textContent)).to.deep.equal([
      '专属服务团队',
      'VIP座位',
    ]);
  });

  it('shows the latest period', async () => {
    const source = new FakeSource();
    const now = anEntitlement();
    const before = anEntitlement({ id: 'x', period: '2020', benefits: [] });
    source.set('entitlements', [before, now]);
    source.set('policies', [aPolicy()]);
    const element = await mount('liyu-benefit-panel', { source });
    expect(textOf(element)).to.contain('贵宾室使用');
  });

  it('can’t name anything without the policy, and says so', async () => {
    const source = new FakeSource();
    source.set('entitlements', [anEntitlement()]);
    source.set('policies', []);
    const element = await mount('liyu-benefit-panel', { source });
    expect(textOf(element)).to.contain('权益暂时没有取到');
  });

  it('ends with who decides on the number and the day of the data', async () => {
    const element = await panel([aBenefit('B-V4', 'service')], { asOf: '2026-11-01' });
    expect(textOf(element, '.foot')).to.match(/^次数由银行核定。数据更新于 \d{4}年\d+月\d+日$/);
  });
});

describe('<liyu-benefit-panel limit>', () => {
  const limited = (
    limit: string,
    benefits: readonly EntitledBenefit[] = anEntitlement().benefits,
    locale?: 'en',
  ) =>
    mount('liyu-benefit-panel', {
      attributes: { limit },
      ...(locale !== undefined && { locale }),
      props: { entitlements: [anEntitlement({ benefits: [...benefits] })], policy: aPolicy() },
    });
  const namesIn = (element: Element) =>
    all(element, '.benefit')
      .filter((row) => row.checkVisibility())
      .map((row) => row.querySelector('.name')!.textContent);
  const buttonOf = (element: Element) => one<HTMLButtonElement>(element, '.head button');
  const shownGroups = (element: Element) =>
    all(element, '.kind').filter((group) => group.checkVisibility());

  it('begins with what has uses left, then what needs no count, and the rest last', async () => {
    const benefits = anEntitlement().benefits.map((one) =>
      one.benefit === 'B-A6' ? { ...one, state: 'AVAILABLE' as const, because: null } : one,
    );
    const element = await limited('10', benefits);
    expect(namesIn(element)).to.deep.equal([
      '贵宾室使用',
      '欢迎礼券',
      '逸米俱乐部',
      '老年客户上门服务',
      '优惠利率',
      '更高的理财产品收益率',
      '终身免年费信用卡',
      '专属客服',
      '生日礼物',
      '更低的贷款利率',
    ]);
    expect(shownGroups(element)).to.have.length(0);
    element.limit = 2;
    await settled(element);
    expect(namesIn(element)).to.deep.equal(['贵宾室使用', '欢迎礼券']);
  });

  it('begins with a request that was refused, for two days', async () => {
    const spent = aBenefit('B-V3', 'facility', { quota: 6, per: 'year', used: 6 });
    const element = await limited('2', [spent, ...anEntitlement().benefits.slice(1)]);
    const refusedOn = async (day: string) => {
      const decidedAt = `${day}T01:00:00.000Z`;
      const refused = { state: 'rejected', reason: 'quota_used', decidedAt } as const;
      element.redemptions = [aRedemption('R1', refused)];
      await settled(element);
      return namesIn(element);
    };
    expect(await refusedOn(dayFromToday(-1))).to.deep.equal(['贵宾室使用', '欢迎礼券']);
    expect(await refusedOn(dayFromToday(-3))).to.deep.equal(['欢迎礼券', '逸米俱乐部']);
  });

  it('never counts what is locked among the first', async () => {
    expect(namesIn(await limited('11'))).to.have.length(9);
  });

  it('shows all from a button with their number, and goes back; the focus stays on it', async () => {
    const element = await limited('2');
    const button = buttonOf(element);
    expect(button.textContent.replace(/\s+/g, '')).to.equal('全部权益12项');
    expect(button.getAttribute('aria-expanded')).to.equal('false');
    await expect(element).to.be.accessible();
    button.focus();
    button.click();
    await settled(element);
    expect(namesIn(element)).to.have.length(12).and.to.include('家庭关怀保险');
    expect(shownGroups(element)).to.have.length(7);
    expect(one(element, '.others').checkVisibility()).to.equal(true);
    expect(buttonOf(element) === button && hasFocus(button)).to.equal(true);
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    await expect(element).to.be.accessible();
    button.click();
    await settled(element);
    expect(namesIn(element)).to.deep.equal(['贵宾室使用', '欢迎礼券']);
    expect(hasFocus(button)).to.equal(true);
  });

  it('opens what its button controls', async () => {
    const element = await limited('2');
    const controlled = one(element, `#${buttonOf(element).getAttribute('aria-controls')}`);
    expect(controlled.checkVisibility()).to.equal(false);
    buttonOf(element).click();
    await settled(element);
    expect(controlled.checkVisibility()).to.equal(true);
  });

  it('says it in English', async () => {
    const element = await limited('2', anEntitlement().benefits, 'en');
    expect(textOf(element, '.head button')).to.equal('All 12 items');
  });

  it('keeps its button where the page has the heading', async () => {
    const element = await limited('2');
    element.frame = 'none';
    await settled(element);
    expect(textOf(element, '.head')).to.equal('全部权益 12项');
  });

  it('is five in large letters where the page sets none, and all are a press away', async () => {
    const element = await mount('liyu-benefit-panel', {
      props: { entitlements: [anEntitlement()], policy: aPolicy(), elder: true },
    });
    expect(namesIn(element)).to.have.length(5);
    buttonOf(element).click();
    await settled(element);
    expect(namesIn(element)).to.have.length(12);
    buttonOf(element).click();
    element.limit = 2;
    await settled(element);
    expect(namesIn(element)).to.have.length(2);
  });

  const unlimited: readonly [string, string, readonly EntitledBenefit[]][] = [
    ['fits', '14', anEntitlement().benefits.filter(({ state }) => state !== 'LOCKED')],
    ['is below 1', '-1', anEntitlement().benefits],
    ['is no number', 'few', anEntitlement().benefits],
    [
      'has nothing held to show',
      '2',
      anEntitlement().benefits.filter(({ state }) => state === 'LOCKED'),
    ],
  ];
  for (const [what, limit, benefits] of unlimited) {
    it(`shows everything in groups, without a button, where the limit ${what}`, async () => {
      const element = await limited(limit, benefits);
      expect(all(element, '.head button')).to.have.length(0);
      expect(shownGroups(element)).not.to.have.length(0);
    });
  }

  it('waits with as many rows as there will be', async () => {
    const element = await mount('liyu-benefit-panel', {
      attributes: { limit: '2' },
      source: new FakeSource(),
    });
    expect(all(element, '.skeleton .benefit')).to.have.length(2);
  });
});
