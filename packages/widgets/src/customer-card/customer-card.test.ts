import { expect } from '@open-wc/testing';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, mount, one, settled, textOf, hasFocus } from '../fixtures/mount.testing.js';
import {
  aCustomer,
  anAssessment,
  dayFromToday,
  QUALITY,
  TOP,
  WATCH,
} from '../fixtures/records.testing.js';

const card = (customer = aCustomer(), assessment: Parameters<typeof anAssessment>[0] | null = {}) =>
  mount('liyu-customer-card', {
    props: { customer, assessment: assessment === null ? null : anAssessment(assessment) },
  });
const wholeDom = (element: Element) => element.outerHTML + (element.shadowRoot?.innerHTML ?? '');

describe('<liyu-customer-card> amounts', () => {
  it('are not in the document before they are asked for', async () => {
    const element = await card();
    expect(textOf(element)).to.contain('******').and.to.contain('金额已隐藏');
    expect(wholeDom(element)).not.to.match(/682|68201635/);
  });

  it('can be shown and hidden again', async () => {
    const element = await card();
    const toggle = one(element, '.fact .link');
    toggle.focus();
    toggle.click();
    await settled(element);
    expect(textOf(element, '.fact')).to.contain('¥682,016.35').and.to.contain('隐藏');
    expect(hasFocus(one(element, '.fact .link'))).to.equal(true);
    one(element, '.fact .link').click();
    await settled(element);
    expect(wholeDom(element)).not.to.contain('682,016');
  });

  it('hide when another customer comes, and when the card is taken out', async () => {
    const element = await card();
    one(element, '.fact .link').click();
    element.customer = aCustomer({ id: 'C2' });
    await settled(element);
    expect(wholeDom(element)).not.to.contain('682,016');

    one(element, '.fact .link').click();
    await settled(element);
    const parent = element.parentElement!;
    element.remove();
    parent.append(element);
    await settled(element);
    expect(wholeDom(element)).not.to.contain('682,016');
  });

  it('are left out when they aren’t known', async () => {
    const element = await card(aCustomer(), { inputs: { aum_avg_3m_fen: null } });
    expect(textOf(element)).not.to.contain('管理资产');
  });
});

describe('<liyu-customer-card> updated', () => {
  const other = { id: 'M9', name: '赵一鸣', phone: '0571-8888 0909' };
  const text = (words: string) => ({ 'zh-CN': words, en: words });
  const { branch, preferences } = aCustomer();
  const customers: Record<string, Parameters<typeof aCustomer>[0]> = {
    name: { name: '冯*敏' },
    'date of the data': { asOf: dayFromToday(-20) },
    since: { since: '2001-02-03' },
    'no since': { since: null },
    'client manager': { clientManager: other },
    'no client manager': { clientManager: null },
    'number of the care manager': { careManager: { ...aCustomer().careManager!, phone: '95588' } },
    'no managers': { clientManager: null, careManager: null },
    branch: { branch: { ...branch!, name: text('西湖支行') } },
    'no banker': { branch: { ...branch!, personalBanker: false } },
    'no branch': { branch: null },
    channel: { preferences: { ...preferences, channelLabel: text('电话') } },
    'no channel': { preferences: { ...preferences, channelLabel: null } },
  };
  const assessments: Record<string, Parameters<typeof anAssessment>[0]> = {
    amount: { inputs: { aum_avg_3m_fen: 1_234_500 } },
    'no amount': { inputs: { aum_avg_3m_fen: null } },
    'date of the amount': { asOf: dayFromToday(-20) },
    level: TOP,
    'watch month': WATCH,
  };
  const changes = [
    ...Object.entries(customers).map(([what, customer]) => ({ what, customer, assessment: {} })),
    ...Object.entries(assessments).map(([what, assessment]) => ({
      what,
      customer: {},
      assessment,
    })),
  ];
  const seen = (element: Element) => element.shadowRoot!.innerHTML.replaceAll(/<!--.*?-->/g, '');
  for (const elder of [false, true]) {
    for (const { what, customer, assessment } of changes) {
      it(`shows what a new one would: ${what}${elder ? ', elder' : ''}`, async () => {
        const [first, next] = [aCustomer(), aCustomer(customer)];
        const [before, after] = [anAssessment(), anAssessment(assessment)];
        const element = await mount('liyu-customer-card', {
          props: { customer: first, assessment: before, elder },
        });
        if (!elder) {
          one(element, '.fact .link').click();
          await settled(element);
        }
        Object.assign(element, { customer: next, assessment: after });
        await settled(element);
        const fresh = await mount('liyu-customer-card', {
          props: { customer: next, assessment: after, elder },
        });
        if (!elder) {
          all(fresh, '.fact .link')[0]?.click();
          await settled(fresh);
        }
        expect(seen(element)).to.equal(seen(fresh));
      });
    }
  }
});

describe('<liyu-customer-card> people', () => {
  it('can be called, whatever the network does', async () => {
    const source = new FakeSource();
    source.set('customers', [aCustomer()]);
    source.set('assessments', [anAssessment()]);
    source.setStatus({ offline: true });
    const element = await mount('liyu-customer-card', { source });
    const calls = all<HTMLAnchorElement>(element, '.person a');
    expect(calls.map(({ href }) => href)).to.deep.equal(['tel:057188880101', 'tel:057188880202']);
    expect(calls.map((call) => call.textContent.trim())).to.deep.equal(['致电王慧敏', '致电刘洋']);
  });

  it('have no link to a number that can’t be called', async () => {
    const clientManager = { id: 'M1', name: '王慧敏', phone: '138****5678' };
    const element = await card(aCustomer({ clientManager, careManager: null }));
    expect(all(element, '.person a')).to.have.length(0);
    expect(textOf(element)).to.contain('王慧敏');
  });

  it('come before all figures and are called by large buttons for elders', async () => {
    const element = await mount('liyu-customer-card', {
      attributes: { elder: '' },
      props: { customer: aCustomer(), assessment: anAssessment() },
    });
    const [first] = all(element, '.person a');
    expect(first!.getBoundingClientRect().height).to.be.at.least(60);
    expect(textOf(element))
      .to.match(/致电王慧敏.*开户网点.*有效期至/)
      .and.not.to.contain('管理资产');
  });
});

describe('<liyu-customer-card> level', () => {
  it('says 等级评定中 when there is no assessment, and nothing when it isn’t known', async () => {
    expect(textOf(await card(aCustomer(), null)))
      .to.contain('等级评定中')
      .and.not.to.contain('普通');
    const unknown = await mount('liyu-customer-card', { props: { customer: aCustomer() } });
    expect(all(unknown, '.emblem, .level')).to.have.length(0);
  });

  it('gives the last day of QUALITY only beside what moves it', async () => {
    const element = await card(aCustomer(), QUALITY);
    expect(textOf(element, '.top')).not.to.contain('有效期至');
    expect(textOf(element, '.note')).to.match(/有效期至 2027年2月28日.*信用否决/);
  });

  it('says in a watch month until when it is kept and what restores it', async () => {
    const element = await card(aCustomer(), WATCH);
    expect(textOf(element, '.note')).to.contain(
      'VIP客户1级保留至 2027年1月31日。恢复条件：3个月日均资产达到50万元，现为46.30万元',
    );
    expect(textOf(element, '.top')).not.to.contain('有效期至');
  });

  it('says that there is none above the highest', async () => {
    expect(textOf(await card(aCustomer(), TOP), '.top')).to.contain('您已是最高等级');
  });

  it('leaves the people reachable when only the level couldn’t be fetched', async () => {
    const source = new FakeSource();
    source.set('customers', [aCustomer()]);
    source.set('assessments', { state: 'error', code: 'network' });
    const element = await mount('liyu-customer-card', { source });
    expect(textOf(element, '.note')).to.contain('等级暂时没有取到');
    expect(all(element, '.person a')).to.have.length(2);
    one(element, '.note .link').click();
    expect(source.retries).to.equal(1);
  });
});

describe('<liyu-customer-card> of a customer of whom little is known', () => {
  it('greets without a name and leaves out what it can’t say', async () => {
    const preferences = { ...aCustomer().preferences, channel: null, channelLabel: null };
    const bare = { name: null, since: null, branch: null, preferences };
    for (const elder of [false, true]) {
      const element = await mount('liyu-customer-card', {
        attributes: elder ? { elder: '' } : {},
        props: { customer: aCustomer(bare), assessment: null },
      });
      expect(textOf(element, '[part=title]')).to.equal('您好');
      expect(textOf(element)).not.to.match(/往来|开户网点|联系偏好|null|undefined/);
      expect(all(element, '.person')).to.have.length(2);
      expect(all(element, 'dl')).to.have.length(0);
    }
  });

  it('names the channel that the customer prefers, as the bank calls it', async () => {
    expect(textOf(await card())).to.contain('联系偏好 手机银行');
  });
});

describe('<liyu-customer-card> relationship', () => {
  for (const [since, words] of [
    ['2018-06-12', '8年 自2018年6月'],
    ['2026-01-05', '10个月 自2026年1月'],
    ['2026-11-10', '不足1个月 自2026年11月'],
  ] as const) {
    it(`since ${since} reads ${words}`, async () => {
      const element = await card(aCustomer({ since, asOf: '2026-11-21' }));
      const rows = all(element, '.fact').map((row) => row.textContent.replace(/\s+/g, ' ').trim());
      const [years, month] = words.split(' ');
      expect(rows.find((row) => row.startsWith('往来'))).to.equal(`往来 ${years}${month}`);
    });
  }
});
