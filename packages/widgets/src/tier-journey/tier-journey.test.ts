import { expect, waitUntil } from '@open-wc/testing';
import { caseRule } from '@liyu/model';
import type { Actor, Assessment, Case, Doc, Locale, PolicyDocument } from '@liyu/model';
import {
  assessed,
  bankPolicy,
  changedPolicy,
  CLOSED,
  HIGHEST,
  NEUTRAL,
  NEW_ENDED,
  WATCHED,
} from '../fixtures/bank-policy.testing.js';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, hasFocus, mount, one, root, settled, textOf } from '../fixtures/mount.testing.js';
import { aCustomer, dayFromToday } from '../fixtures/records.testing.js';
import { loadJourneySide } from './load-journey-side.js';
import type { TierJourney } from './tier-journey.js';

interface Shown {
  locale?: Locale;
  policy?: PolicyDocument | null;
  cases?: readonly Case[];
  attributes?: Record<string, string>;
}

const shown = (
  assessment: Assessment | null,
  { locale, policy = bankPolicy(), cases = [], attributes = {} }: Shown = {},
) =>
  mount('liyu-tier-journey', {
    ...(locale !== undefined && { locale }),
    attributes,
    props: { assessment, policy, cases },
  });
const kit = (assessment = assessed()) => {
  const source = new FakeSource();
  source.set('assessments', [assessment]);
  source.set('policies', [bankPolicy()]);
  source.set('cases', []);
  source.set('customers', [aCustomer()]);
  return source;
};
const VIP = { metrics: { deposit_avg_3m_fen: 65_201_635 } };

before(async () => {
  await loadJourneySide();
});

describe('<liyu-tier-journey> says', () => {
  const lines: readonly [string, () => Assessment, Record<Locale, readonly string[]>][] = [
    [
      'why a level is held, with the customer’s own figures',
      () => assessed(),
      {
        'zh-CN': [
          '信用记录无一票否决',
          '近12个月信用卡消费达到4万元',
          '近12个月信用卡消费 ¥45,000',
          '综合评分达到60分 满分100 74 符合',
        ],
        en: ['No knock-out in the credit record', 'Card spend, 12 months: ¥45,000', '74 Met'],
      },
    ],
    [
      'which points of which are attained',
      () => assessed(),
      {
        'zh-CN': [
          '信用 30 / 30',
          '资产 18 / 30',
          '失分较多的：理财投资（得2，满分8）、存款（9/14）',
        ],
        en: ['Credit 30 / 30', 'Most points lost: investments (2 of 8), deposits (9 of 14)'],
      },
    ],
    [
      'the one path to the next level, and that nothing has to be done',
      () => assessed(),
      {
        'zh-CN': [
          '距优质客户2级还需综合评分1分',
          '¥45,000 → 改为 ¥50,000',
          '评分将为77，符合优质客户2级。约需30天',
          '不做任何改变，现有等级和权益照常保留。请按需消费。',
        ],
        en: [
          'To Quality 2: 1 point',
          'The score would be 77, which meets Quality 2. About 30 days',
        ],
      },
    ],
    [
      'what the next level adds',
      () => assessed(),
      {
        'zh-CN': ['优质客户2级多出什么', '以审批为准', '全年4次，现为2次'],
        en: ['What Quality 2 adds', '4 a year, now 2'],
      },
    ],
    [
      'who decided, from which data, by which rules',
      () => assessed({ changes: { assessedOn: '2026-11-01', asOf: '2026-10-31' } }),
      {
        'zh-CN': [
          '这个等级由系统按规则自动评定，没有人工参与。',
          '等级阶梯1.0.0，评分卡1.0.0。',
          '2026年11月1日评定，数据截至 2026年10月31日。',
          '用到的24项数据',
        ],
        en: ['A system decided this level', 'Assessed on 1 November 2026', '31 October 2026'],
      },
    ],
    [
      'in a watch month what is kept until when, and what restores it',
      () => assessed(WATCHED),
      {
        'zh-CN': [
          'VIP客户1级保留至 2027年',
          '恢复条件：近3个月日均管理资产达到50万元',
          '期间权益不变。',
          '到期仍未达到，将按当月的评定结果，目前为优质客户2级。',
          '怎样恢复',
          '¥433,000 → 改为 ¥470,000',
          '不做任何改变，VIP客户1级和权益也保留至',
        ],
        en: ['VIP 1 kept until', 'What restores it', 'follows that month’s assessment'],
      },
    ],
    [
      'at the top that there is nothing above',
      () => assessed(HIGHEST),
      {
        'zh-CN': ['您已是最高等级', '大额客户按存款金额评定。'],
        en: ['You hold the highest level'],
      },
    ],
    [
      'why no path is open, and which level is within reach',
      () => assessed(CLOSED),
      {
        'zh-CN': [
          '调整存款、消费或产品还不能达到优质客户1级',
          '信用记录中有“连三：连续逾期3个月”。',
          '近3个月日均存款未知，暂不能计算。',
          '目前可以达到的等级就是现有的普通客户。',
          '还缺：近3个月日均存款。缺少时不作推断。',
        ],
        en: ['no change of deposits, spending or products leads to Quality 1', 'the one you hold'],
      },
    ],
    [
      'of the neutral variant what was not used',
      () => assessed(NEUTRAL),
      {
        'zh-CN': ['这次评定没有使用职业、学历。', '查看16项得分', '稳定性 8 / 13'],
        en: ['Not used in this assessment: occupation, education.', 'See all 16 factors'],
      },
    ],
  ];
  for (const [what, assessment, words] of lines) {
    for (const locale of ['zh-CN', 'en'] as const) {
      it(`${what}, in ${locale}`, async () => {
        const journey = await shown(assessment(), { locale });
        for (const part of words[locale]) expect(textOf(journey)).to.contain(part);
        expect(textOf(journey)).not.to.match(/仅差|错过|立即|！|undefined|null|NaN|\{/);
      });
    }
  }

  it('that the time as a new customer is over, without congratulating', async () => {
    const journey = await shown(assessed(NEW_ENDED));
    expect(textOf(journey)).to.contain('新客户期已结束，现为普通客户。');
    expect(textOf(journey)).not.to.match(/恭喜|祝贺|升级|升为/);
  });

  it('of a level that was moved from which, and never in red', async () => {
    const journey = await shown(assessed({ standing: { status: 'DOWNGRADE', previous: 'VIP-1' } }));
    expect(textOf(journey)).to.contain('本次评定由VIP客户1级调整为优质客户1级。');
    expect(all(journey, '.negative')).to.have.length(0);
  });

  it('the amount that is lacking for a level by assets', async () => {
    const journey = await shown(assessed(VIP));
    expect(textOf(journey)).to.contain('距VIP客户2级还需近3个月日均资产¥1,317,983.65');
  });

  it('that more card spend is not proposed to who had arrears', async () => {
    const metrics = {
      overdue_months_24m: 1,
      overdue_max_run_24m: 1,
      card_spend_12m_fen: 2_000_000,
    };
    const journey = await shown(assessed({ metrics }));
    expect(textOf(journey)).to.contain('不提供近12个月信用卡消费的试算');
    expect(all(journey, '[data-metric=card_spend_12m_fen]')).to.have.length(0);
  });

  it('when the next assessment is, of a customer who has none', async () => {
    const next = new Date(`${dayFromToday(0)}T00:00:00Z`);
    next.setUTCMonth(next.getUTCMonth() + 1, 1);
    const day = `${next.getUTCFullYear()}年${next.getUTCMonth() + 1}月1日`;
    expect(textOf(await shown(null))).to.contain(`等级评定中 ${day}评定`);
  });

  it('that the rules have changed since', async () => {
    const policy = { ...bankPolicy(), hash: 'c'.repeat(64) };
    const journey = await shown(assessed(), { policy });
    expect(textOf(journey)).to.contain('评定依据：等级阶梯1.0.0。');
    expect(textOf(journey)).to.contain('规则在评定后有过更新');
  });

  it('all thirteen levels with their conditions, and which one is held', async () => {
    const journey = await shown(assessed());
    const rungs = all(journey, '.rung').map(({ textContent }) =>
      textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(rungs).to.have.length(13);
    expect(rungs[0]).to.equal('大额客户5级 近3个月日均存款达到1亿元');
    expect(rungs[10]).to.equal('优质客户1级 您现在 综合评分达到60分');
    expect(textOf(journey)).to.contain('优质客户另须：信用记录无一票否决');
  });
});

describe('<liyu-tier-journey> with personalisation off', () => {
  const personalised = (is: boolean) => {
    const { preferences } = aCustomer();
    return aCustomer({ preferences: { ...preferences, personalised: is } });
  };

  it('proposes no next level, and keeps what explains this one', async () => {
    const source = kit();
    source.set('customers', [personalised(false)]);
    const journey = await mount('liyu-tier-journey', { source });
    expect(textOf(journey)).to.contain('您已关闭个性化推荐');
    expect(textOf(journey)).not.to.contain('下一等级 ');
    expect(all(journey, '.ruler')).to.have.length(0);
    expect(textOf(journey)).to.contain('为什么是这个等级');
    expect(one(journey, '.root').dataset.phase).to.equal('personalisationOff');
    await expect(journey).to.be.accessible();
    source.set('customers', [personalised(true)]);
    await settled(journey);
    expect(textOf(journey)).not.to.contain('您已关闭个性化推荐');
    expect(all(journey, '.ruler')).not.to.have.length(0);
  });

  it('still says in a watch month what restores the level: that is no proposal', async () => {
    const journey = await mount('liyu-tier-journey', {
      props: { assessment: assessed(WATCHED), policy: bankPolicy(), customer: personalised(false) },
    });
    expect(textOf(journey)).to.contain('怎样恢复');
  });

  it('proposes nothing before it knows', async () => {
    const source = kit();
    source.set('customers', { state: 'loading' });
    const journey = await mount('liyu-tier-journey', { source });
    expect(one(journey, '.root').dataset.state).to.equal('loading');
  });

  it('says it in English', async () => {
    const journey = await mount('liyu-tier-journey', {
      locale: 'en',
      props: { assessment: assessed(), policy: bankPolicy(), customer: personalised(false) },
    });
    expect(textOf(journey)).to.contain('Personalisation is off');
  });
});

describe('<liyu-tier-journey> without rules', () => {
  it('goes on showing the level, and fetches them when asked', async () => {
    const source = kit();
    source.set('policies', { state: 'error', code: 'network' });
    const journey = await mount('liyu-tier-journey', { source });
    expect(textOf(journey)).to.contain('优质客户1级');
    expect(textOf(journey)).to.contain(
      '评定规则还没有取到，暂时不能说明和试算。等级和权益不受影响。',
    );
    expect(all(journey, '.ask-review')).to.have.length(1);
    one(journey, '.note .acts .link').click();
    expect(source.retries).to.equal(1);
    source.set('policies', [bankPolicy()]);
    await settled(journey);
    expect(textOf(journey)).to.contain('为什么是这个等级');
  });

  it('does the same with rules that have no such level', async () => {
    const policy = changedPolicy((files) => {
      const ladder = files['tier-ladder'];
      ladder.rungs = ladder.rungs.filter(({ code }) => code !== 'QUALITY-1');
    });
    const journey = await shown(assessed(), { policy });
    expect(root(journey).dataset.state).to.equal('ready');
    expect(textOf(journey)).to.contain('评定规则还没有取到');
  });

  it('shows the error state when its own part can’t be fetched, and tries again', async () => {
    let fails = true;
    class Unlucky extends (customElements.get('liyu-tier-journey') as typeof TierJourney) {
      protected override loadJourneySide() {
        return fails ? Promise.reject(new Error('offline')) : loadJourneySide();
      }
    }
    customElements.define('unlucky-journey', class extends Unlucky {});
    const journey = document.createElement('unlucky-journey') as TierJourney;
    kit().provideFor(document.body);
    document.body.append(journey);
    await waitUntil(
      () => journey.shadowRoot?.querySelector('.root')?.getAttribute('data-state') === 'error',
    );
    fails = false;
    one(journey, '.note .link').click();
    await waitUntil(() => root(journey).dataset.state === 'ready');
    journey.remove();
  });
});

describe('<liyu-tier-journey> what-if', () => {
  const slider = (journey: Element, metric: string) =>
    one<HTMLInputElement>(journey, `[data-metric=${metric}]`);
  const valueBeside = (journey: Element, metric: string) =>
    one(journey, `#${slider(journey, metric).getAttribute('aria-describedby')}`).textContent;
  async function slide(journey: TierJourney, metric: string, to: number) {
    const input = slider(journey, metric);
    input.value = String(to);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await settled(journey);
  }
  const spoken = (journey: Element) => textOf(journey, '.sliders ~ [role=status]');

  it('rests at bins and thresholds, and says what comes of it', async () => {
    const journey = await shown(assessed());
    const input = slider(journey, 'card_spend_12m_fen');
    await slide(journey, 'card_spend_12m_fen', Number(input.value) + 1);
    expect(valueBeside(journey, 'card_spend_12m_fen')).to.equal('¥50,000');
    expect(textOf(journey, '.outcome')).to.equal('按试算数据 优质客户2级 综合评分 77，现为 74');
    expect(textOf(journey)).to.contain('现为¥45,000');
  });

  it('offers the assets that make up a total, whatever the other figure is moved to', async () => {
    const journey = await shown(assessed(VIP));
    for (let i = 0; i < 2; i++) {
      one(journey, '[data-metric=invest_avg_3m_fen] + .step').click();
      await settled(journey);
    }
    const input = slider(journey, 'deposit_avg_3m_fen');
    expect(valueBeside(journey, 'invest_avg_3m_fen')).to.equal('¥200,000');
    await slide(journey, 'deposit_avg_3m_fen', Number(input.value) + 1);
    expect(valueBeside(journey, 'deposit_avg_3m_fen')).to.equal('¥1,800,000');
    expect(textOf(journey, '.outcome')).to.contain('VIP客户2级');
  });

  it('goes by buttons as well, stops at the ends, and comes back to present values', async () => {
    const journey = await shown(assessed());
    const plus = one(journey, '[data-metric=card_spend_12m_fen] + .step');
    plus.focus();
    plus.click();
    await settled(journey);
    expect(plus.getAttribute('aria-disabled')).to.equal('true');
    expect(hasFocus(plus)).to.equal(true);
    plus.click();
    await settled(journey);
    expect(valueBeside(journey, 'card_spend_12m_fen')).to.equal('¥50,000');
    one(journey, '.reset button').click();
    await settled(journey);
    expect(valueBeside(journey, 'card_spend_12m_fen')).to.equal('¥45,000');
    expect(textOf(journey, '.outcome')).to.equal('按现有数据 优质客户1级 综合评分 74');
  });

  it('is told once when the keys have come to rest', async () => {
    const journey = await shown(assessed());
    const at = Number(slider(journey, 'card_spend_12m_fen').value);
    const told: string[] = [];
    const region = one(journey, '.sliders ~ [role=status]');
    const observer = new MutationObserver(() => told.push(spoken(journey)));
    observer.observe(region, { childList: true, characterData: true, subtree: true });
    for (const to of [at - 1, at, at + 1]) await slide(journey, 'card_spend_12m_fen', to);
    await waitUntil(() => told.length > 0, 'nothing was said', { timeout: 3000 });
    observer.disconnect();
    expect(told).to.deep.equal(['近12个月信用卡消费 ¥50,000。优质客户2级，综合评分77。']);
  });

  it('begins anew for another assessment', async () => {
    const journey = await shown(assessed());
    one(journey, '[data-metric=card_spend_12m_fen] + .step').click();
    journey.assessment = assessed({ metrics: { txn_month_avg: 40 } });
    await settled(journey);
    expect(valueBeside(journey, 'card_spend_12m_fen')).to.equal('¥45,000');
  });

  it('is left out in large letters', async () => {
    const journey = await shown(assessed(), { attributes: { elder: '' } });
    expect(all(journey, 'input[type=range]')).to.have.length(0);
    expect(textOf(journey)).to.contain('为什么是这个等级');
    expect(textOf(journey)).to.contain('申请人工复核');
  });
});

describe('<liyu-tier-journey> review', () => {
  async function ask(journey: TierJourney, text: string) {
    one(journey, '.ask-review').click();
    await settled(journey);
    const area = one<HTMLTextAreaElement>(journey, '.review textarea');
    expect(hasFocus(area)).to.equal(true);
    area.value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    one(journey, '.review [type=submit]').click();
    await settled(journey);
  }

  it('opens one case that the bank takes, and says where it is', async () => {
    const source = kit();
    const journey = await mount('liyu-tier-journey', { source });
    const events: unknown[] = [];
    journey.addEventListener('liyu-case-opened', ({ detail, composed }) =>
      events.push({ ...detail, composed }),
    );
    source.setStatus({ offline: true });
    await ask(journey, '存款少算了一笔');
    expect(source.opened).to.have.length(1);
    const [opened] = source.opened as [Case];
    expect(opened).to.include({
      customer: 'C1',
      kind: 'review',
      about: assessed().id,
      text: '存款少算了一笔',
      state: 'RECEIVED',
    });
    const actor = { role: 'customer', customer: 'C1', duties: [] } as unknown as Actor;
    const context = { actor, now: opened.openedAt, related: new Map<string, Doc>() };
    expect(caseRule(null, opened, context)).to.have.property('master');
    expect(events).to.deep.equal([{ caseId: opened.id, kind: 'review', composed: false }]);
    expect(journey.opened).to.equal(opened);
    expect(textOf(journey, '.review')).to.contain('待提交 复核申请已保存在本机，联网后提交');
    expect(hasFocus(one(journey, '.review-outcome'))).to.equal(true);
    expect(all(journey, '.ask-review')).to.have.length(0);
  });

  it('shows the receipt, the day of the answer, and the answer', async () => {
    const source = kit();
    const journey = await mount('liyu-tier-journey', { source });
    await ask(journey, '');
    const received: Case = {
      ...source.opened[0]!,
      receivedAt: new Date().toISOString(),
      receipt: 'FH20261126-0042',
      dueOn: '2026-12-11',
    };
    source.set('cases', [received]);
    await settled(journey);
    expect(textOf(journey, '.review')).to.equal(
      '已提交 人工复核：已收到 编号 FH20261126-0042 最晚2026年12月11日答复。',
    );
    const step = { at: received.openedAt, by: 'staff', name: '周立群', text: '已补记，等级不变' };
    const steps = [{ ...step, state: 'ANSWERED' }] as Case['steps'];
    source.set('cases', [{ ...received, state: 'ANSWERED', steps }]);
    await settled(journey);
    expect(textOf(journey, '.review')).to.equal(
      '已提交 人工复核：已答复 已补记，等级不变 编号 FH20261126-0042',
    );
  });

  it('says when it couldn’t be saved, and keeps what was written', async () => {
    const source = kit();
    source.submitFails = true;
    const journey = await mount('liyu-tier-journey', { source });
    await ask(journey, '请复核');
    expect(textOf(journey, '.review')).to.contain('没有保存成功，请再提交一次。');
    expect(one<HTMLTextAreaElement>(journey, 'textarea').value).to.equal('请复核');
    expect(hasFocus(one(journey, 'textarea'))).to.equal(true);
    source.submitFails = false;
    one(journey, '.review [type=submit]').click();
    await settled(journey);
    expect(source.opened.map(({ text }) => text)).to.deep.equal(['请复核']);
  });

  it('also says so where cases can’t be shown', async () => {
    const source = kit();
    source.set('cases', { state: 'error', code: 'network' });
    const openCase = (opened: Case) => Promise.resolve(void source.opened.push(opened));
    Object.assign(source, { openCase });
    const journey = await mount('liyu-tier-journey', { source });
    await ask(journey, '');
    expect(source.opened).to.have.length(1);
    expect(textOf(journey, '.review')).to.contain('复核申请已保存在本机');
    expect(all(journey, '.ask-review')).to.have.length(0);
  });

  it('says when the bank took it back', async () => {
    const source = kit();
    const journey = await mount('liyu-tier-journey', { source });
    await ask(journey, '');
    source.set('cases', []);
    await settled(journey);
    expect(textOf(journey, '.review')).to.contain('银行没有接受这份申请');
    expect(all(journey, '.ask-review')).to.have.length(1);
  });

  it('is closed again without a trace, and the focus is where it was', async () => {
    const source = kit();
    const journey = await mount('liyu-tier-journey', { source });
    one(journey, '.ask-review').click();
    await settled(journey);
    one(journey, '.review .link').click();
    await settled(journey);
    expect(hasFocus(one(journey, '.ask-review'))).to.equal(true);
    expect(source.opened).to.have.length(0);
  });

  it('leaves the sending to a page that gives the data', async () => {
    const journey = await shown(assessed());
    await ask(journey, '请复核');
    expect(root(journey).textContent).to.contain('正在提交');
    journey.cases = [journey.opened!];
    await settled(journey);
    expect(textOf(journey, '.review')).to.contain('待提交');
  });
});

describe('<liyu-tier-journey> keeps figures out of attributes', () => {
  it('also of its ruler, its bars and its sliders', async () => {
    const journey = await shown(assessed(VIP));
    one(journey, '[data-metric=deposit_avg_3m_fen] + .step').click();
    await settled(journey);
    const values = all(journey, ':not(path)').flatMap((node) =>
      [...node.attributes].map(({ value }) => value),
    );
    const secret = /¥|\d{4,}|682|652|C1:|VIP|大额/;
    expect(values.filter((value) => secret.test(value) && value !== '2000')).to.deep.equal([]);
    expect(all(journey, '[title]')).to.have.length(0);
  });
});

describe('<liyu-tier-journey> is read without fault', () => {
  for (const [what, assessment, attributes] of [
    ['in a watch month', () => assessed(WATCHED), {}],
    ['with a closed path', () => assessed(CLOSED), {}],
    ['in large letters', () => assessed(), { elder: '' }],
  ] as const) {
    it(what, async () => {
      const journey = await shown(assessment(), { attributes });
      for (const details of all<HTMLDetailsElement>(journey, 'details')) details.open = true;
      one(journey, '.ask-review').click();
      await settled(journey);
      await expect(journey).to.be.accessible();
    });
  }

  it('and its ruler says in words where the customer stands', async () => {
    const journey = await shown(assessed());
    const ruler = one(journey, '[role=img]');
    const label = one(journey, `#${ruler.getAttribute('aria-labelledby')}`);
    expect(label.textContent.trim()).to.equal(
      '综合评分 74；优质客户1级 60起；优质客户2级 75起；优质客户3级 88起',
    );
  });
});
