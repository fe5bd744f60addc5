import { expect } from '@open-wc/testing';
import type { Redemption } from '@liyu/model';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, hasFocus, mount, one, settled, textOf } from '../fixtures/mount.testing.js';
import { passTime } from '../fixtures/pass-time.testing.js';
import { aPolicy } from '../fixtures/policy.testing.js';
import {
  aBenefit,
  anEntitlement,
  aRedemption,
  dayFromToday,
  GRANTED,
} from '../fixtures/records.testing.js';
import type { BenefitPanel } from './benefit-panel.js';
import type { RedemptionRequestedEvent } from './benefit-panel.events.js';
import { SETTLE_MS } from './press-guard.js';

const lounge = aBenefit('B-V3', 'facility', { quota: 6, per: 'year', used: 2 });
const rowOf = (element: Element) => textOf(element, '.benefit');
const useButtons = (element: Element) => all<HTMLButtonElement>(element, '.act > button');
const press = async (element: Element, selector: string) => {
  one<HTMLButtonElement>(element, selector).click();
  await settled(element);
};

/** A panel over a source with the requests that the bank knows of. */
async function withSource(redemptions: readonly Redemption[] = [], benefits = [lounge]) {
  const source = new FakeSource();
  source.set('entitlements', [anEntitlement({ benefits })]);
  source.set('policies', [aPolicy()]);
  source.set('redemptions', redemptions);
  const element = await mount('liyu-benefit-panel', { source });
  return { source, element };
}

/** The time after which a button takes a press, passes before `run`. */
async function settle(run: () => Promise<void>): Promise<void> {
  passTime(SETTLE_MS);
  await run();
}

describe('<liyu-benefit-panel> use', () => {
  it('takes two steps, and says before the second what it costs', async () => {
    const { source, element } = await withSource();
    expect(textOf(element, '.act')).to.equal('使用贵宾室使用');
    await press(element, '.act > button');
    const question = one(element, '.question-of');
    expect(hasFocus(question)).to.equal(true);
    expect(question.textContent).to.contain('可用次数由4次变为3次');
    expect(useButtons(element)).to.have.length(0);
    expect(source.requested).to.have.length(0);
    await expect(element).to.be.accessible();

    await settle(() => press(element, '.confirm'));
    expect(source.requested).to.have.length(1);
    const [requested] = source.requested;
    expect(requested).to.include({ customer: 'C1', benefit: 'B-V3', kind: 'benefit', rev: 0 });
    expect(requested).to.include({ state: 'pending', points: null, code: null });
    expect(element.requested).to.equal(requested);
    expect(rowOf(element)).to.contain('可用3次');
    expect(rowOf(element)).to.contain('待确认 已记下，联网后由银行确认。可用次数暂按3次显示。');
    expect(hasFocus(one(element, '.outcome-of'))).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('tells the page, but not whose it is', async () => {
    const { source, element } = await withSource();
    const heard: RedemptionRequestedEvent[] = [];
    element.addEventListener('liyu-redemption-requested', (event) => heard.push(event));
    await press(element, '.act > button');
    await settle(() => press(element, '.confirm'));
    const [requested] = source.requested;
    expect(heard.map(({ detail }) => detail)).to.deep.equal([
      { redemptionId: requested!.id, benefit: 'B-V3' },
    ]);
    expect(heard[0]!.composed).to.equal(false);
  });

  it('takes a double click, or a key that is held, for the first step only', async () => {
    const { source, element } = await withSource();
    await press(element, '.act > button');
    await press(element, '.confirm');
    expect(source.requested).to.have.length(0);
    expect(one(element, '.confirm').hasAttribute('disabled')).to.equal(false);
  });

  it('goes back without a trace, to the button', async () => {
    const { source, element } = await withSource();
    await press(element, '.act > button');
    await press(element, '.question .button:not(.confirm)');
    expect(source.requested).to.have.length(0);
    expect(hasFocus(useButtons(element)[0])).to.equal(true);
    expect(all(element, '.question')).to.have.length(0);
  });

  it('is one request, however often it is confirmed', async () => {
    const { source, element } = await withSource();
    await press(element, '.act > button');
    await settle(async () => {
      const confirm = one<HTMLButtonElement>(element, '.confirm');
      confirm.click();
      confirm.click();
      await settled(element);
    });
    expect(source.requested).to.have.length(1);
  });

  it('says that nothing was saved, and can be tried again', async () => {
    const { source, element } = await withSource();
    source.submitFails = true;
    await press(element, '.act > button');
    await settle(() => press(element, '.confirm'));
    expect(textOf(element, '[role=alert]')).to.equal('没有保存成功，请再试一次。');
    expect(element.requested).to.equal(null);
    source.submitFails = false;
    await settle(() => press(element, '.confirm'));
    expect(source.requested).to.have.length(1);
    expect(all(element, '[role=alert]')).to.have.length(0);
  });

  it('says without a network that the request waits on this device', async () => {
    const { source, element } = await withSource();
    source.setStatus({ offline: true });
    await press(element, '.act > button');
    expect(textOf(element, '.question')).to.contain('申请先保存在本机，联网后由银行确认');
    source.setStatus({ memory: true });
    await settled(element);
    expect(textOf(element, '.question')).to.contain('请不要关闭页面');
  });

  it('gives the code for the counter when the bank confirms, and says so once', async () => {
    const { source, element } = await withSource();
    await press(element, '.act > button');
    await settle(() => press(element, '.confirm'));
    const live = one(element, '.body > [role=status]');
    expect(live.textContent).to.equal('');
    const [requested] = source.requested;
    source.set('entitlements', [anEntitlement({ benefits: [{ ...lounge, used: 3 }] })]);
    source.set('redemptions', [{ ...requested!, ...GRANTED }]);
    await settled(element);
    expect(live.textContent).to.equal('贵宾室使用：已确认');
    expect(rowOf(element)).to.contain('可用3次');
    expect(rowOf(element)).to.match(/已确认 到网点出示，有效期至 \d+月\d+日/);
    expect(textOf(element)).not.to.contain('7K2P');
    await press(element, '.outcomes .link');
    expect(textOf(element, '.code')).to.equal('到店出示的号码7K2P');
    expect(one(element, '.outcomes .link').getAttribute('aria-expanded')).to.equal('true');
    await expect(element).to.be.accessible();
    await press(element, '.outcomes .link');
    expect(all(element, '.code')).to.have.length(0);
  });

  const refusals: readonly [string, string][] = [
    ['quota_used', '次数已用完。'],
    ['locked', '这项权益还没有开放。'],
    ['suspended', '这项权益暂停使用，请联系客户经理。'],
    ['no_entitlement', '您现在的等级没有这项权益。'],
    ['points_short', '请联系客户经理。'],
    ['constructor', '请联系客户经理。'],
  ];
  for (const [reason, words] of refusals) {
    it(`says why the bank refused it: ${reason}`, async () => {
      const decidedAt = `${dayFromToday(-1)}T01:00:00.000Z`;
      const refused = aRedemption('R1', { state: 'rejected', reason, decidedAt });
      const { element } = await withSource([refused]);
      expect(rowOf(element)).to.contain(`未通过 未能使用：${words}`);
      expect(rowOf(element)).to.contain('可用4次');
    });
  }

  it('forgets a refusal after two weeks, or once a later request was granted', async () => {
    const old = `${dayFromToday(-40)}T01:00:00.000Z`;
    const refused = {
      state: 'rejected',
      reason: 'locked',
      requestedAt: old,
      decidedAt: old,
    } as const;
    const { source, element } = await withSource([aRedemption('R1', refused)]);
    expect(all(element, '.outcome-of')).to.have.length(0);
    source.set('redemptions', [
      aRedemption('R1', { ...refused, requestedAt: `${dayFromToday(-1)}T01:00:00.000Z` }),
      aRedemption('R2', GRANTED),
    ]);
    await settled(element);
    expect(textOf(element, '.outcomes')).not.to.contain('未通过');
  });

  it('says that the bank took a request back which it keeps nothing of', async () => {
    const { source, element } = await withSource();
    await press(element, '.act > button');
    await settle(() => press(element, '.confirm'));
    source.set('redemptions', []);
    await settled(element);
    expect(rowOf(element)).to.contain('未通过 未能使用：请联系客户经理。');
  });

  it('tells a code that ended unused from one that still counts', async () => {
    const validUntil = dayFromToday(-1);
    const { element } = await withSource([aRedemption('R1', { ...GRANTED, validUntil })]);
    expect(rowOf(element)).to.match(/已过期 号码有效期至\d+月\d+日，没有使用/);
    expect(all(element, '.outcomes .link')).to.have.length(0);
  });

  it('counts what waits, and offers no more than is left', async () => {
    const last = { ...lounge, quota: 1, used: 0 };
    const { element } = await withSource([aRedemption('R1')], [last]);
    expect(rowOf(element)).to.contain('可用次数暂按0次显示');
    expect(useButtons(element)).to.have.length(0);
  });

  const closed = [
    aBenefit('B-V4', 'service'),
    aBenefit('B-A6', 'service', { state: 'LOCKED', because: 'age', quota: 4, per: 'year' }),
    aBenefit('B-V8', 'credit', { state: 'SUSPENDED', because: 'credit', quota: 1, per: 'year' }),
    aBenefit('B-A2', 'gift', { quota: 1, per: 'year', used: 1 }),
  ];
  for (const benefit of closed) {
    it(`offers no use of ${benefit.benefit}, ${benefit.state}`, async () => {
      const { element } = await withSource([], [benefit]);
      expect(useButtons(element)).to.have.length(0);
    });
  }

  it('offers no use while earlier requests aren’t known', async () => {
    const { source, element } = await withSource();
    source.set('redemptions', { state: 'error', code: 'offline' });
    await settled(element);
    expect(rowOf(element)).to.contain('可用4次');
    expect(useButtons(element)).to.have.length(0);
  });

  describe('in a page with its own data', () => {
    const given = (changes: Partial<BenefitPanel>) =>
      mount('liyu-benefit-panel', {
        props: {
          entitlements: [anEntitlement({ benefits: [lounge] })],
          policy: aPolicy(),
          ...changes,
        },
      });

    it('offers use only with the requests so far', async () => {
      expect(useButtons(await given({}))).to.have.length(0);
      expect(useButtons(await given({ redemptions: [] }))).to.have.length(1);
    });

    it('leaves the request to the page, and waits until the page has it', async () => {
      const element = await given({ redemptions: [] });
      await press(element, '.act > button');
      await settle(() => press(element, '.confirm'));
      expect(textOf(element, '.confirm')).to.equal('正在提交');
      const { requested } = element;
      element.redemptions = [{ ...requested!, ...GRANTED }];
      await settled(element);
      expect(rowOf(element)).to.contain('已确认');
      expect(all(element, '.question')).to.have.length(0);
    });
  });

  it('says all of it in English', async () => {
    const { element } = await withSource([aRedemption('R1')]);
    element.locale = 'en';
    await settled(element, 'en');
    await press(element, '.act > button');
    expect(rowOf(element)).to.contain('After this, 2 of 3 will be left.');
    expect(rowOf(element)).to.contain('Pending Noted; the bank confirms when online.');
  });
});
