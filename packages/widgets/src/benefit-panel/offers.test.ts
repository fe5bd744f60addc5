import { expect } from '@open-wc/testing';
import type { Customer, Offer } from '@liyu/model';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, hasFocus, mount, one, root, settled, textOf } from '../fixtures/mount.testing.js';
import { passTime } from '../fixtures/pass-time.testing.js';
import { aPolicy } from '../fixtures/policy.testing.js';
import {
  aBenefit,
  aCustomer,
  anEntitlement,
  anOffer,
  dayFromToday,
  words,
} from '../fixtures/records.testing.js';
import type { BenefitPanel } from './benefit-panel.js';
import type { OfferAnsweredEvent } from './benefit-panel.events.js';
import { SETTLE_MS } from './press-guard.js';

const { preferences } = aCustomer();
const wishing = (personalised: boolean): Customer =>
  aCustomer({ preferences: { ...preferences, personalised } });
const ANSWERED_AT = `${dayFromToday(-3)}T01:00:00.000Z`;
const named = (id: string, changes: Partial<Offer> = {}) =>
  anOffer(id, { title: words(`推荐${id}`, `Offer ${id}`), ...changes });

/** What the bank offers to a customer who wants it. */
function offering(offers: readonly Offer[], customer = wishing(true)): FakeSource {
  const source = new FakeSource();
  source.set('entitlements', [anEntitlement()]);
  source.set('policies', [aPolicy()]);
  source.set('redemptions', []);
  source.set('customers', [customer]);
  source.set('offers', offers);
  return source;
}

/** A panel over a source with these offers, once its buttons take a press. */
async function withOffers(offers: readonly Offer[], attributes = {}, customer = wishing(true)) {
  const source = offering(offers, customer);
  const element = await mount('liyu-benefit-panel', { source, attributes });
  passTime(SETTLE_MS);
  return { source, element };
}

const rows = (element: Element) =>
  all(element, '.offer').map((row) => row.textContent.replace(/\s+/g, ' ').trim());
const answerButtons = (element: Element) => all<HTMLButtonElement>(element, '.offer .button');
const labelOf = (button: Element) => button.textContent.replace(/\s+/g, ' ').trim();
const press = async (element: Element, label: string) => {
  answerButtons(element)
    .find((button) => labelOf(button).startsWith(label))!
    .click();
  await settled(element);
};

describe('<liyu-benefit-panel> suggests', () => {
  it('with the reason, what the bank gains, and the last day; the answers weigh the same', async () => {
    const { element } = await withOffers([anOffer('O1', { expiresOn: '2099-02-28' })]);
    const groups = all(element, '.kind');
    expect(groups.at(-1)!.querySelector('.group')!.textContent.trim()).to.equal('为您推荐');
    const terms = all(element, '.term').map((term) =>
      [...term.children].map((part) => part.textContent.replace(/\s+/g, ' ').trim()),
    );
    expect(terms).to.deep.equal([
      ['产品', '三年期大额存单'],
      ['推荐理由', '您的活期余额已连续三个月高于20万元'],
      ['本行利益', '本行因此获得稳定的存款来源'],
      ['有效期至', '2099年2月28日'],
    ]);
    const looks = all(element, '.term > dd').map((dd) => {
      const { color, fontSize, fontWeight } = getComputedStyle(dd);
      return [color, fontSize, fontWeight].join();
    });
    expect(new Set(looks)).to.have.length(1);
    expect(answerButtons(element).map(labelOf)).to.deep.equal([
      '感兴趣：三年期大额存单预约',
      '暂不需要：三年期大额存单预约',
      '不再推荐：三年期大额存单预约',
    ]);
    expect(new Set(answerButtons(element).map(({ className }) => className))).to.have.length(1);
    await expect(element).to.be.accessible();
  });

  it('without hurry: neither days nor places are counted down on the last day', async () => {
    const { element } = await withOffers([anOffer('O1', { expiresOn: dayFromToday(0) })]);
    expect(rows(element)).to.have.length(1);
    expect(textOf(element, '.offers')).not.to.match(/仅剩|还剩|剩余|最后|即将|尽快|立即|[!！]/);
  });

  it('nothing that doesn’t say what the bank gains', async () => {
    const { element } = await withOffers([anOffer('O1', { interest: words(' ', ' ') })]);
    expect(all(element, '.offers')).to.have.length(0);
  });

  it('the three latest at most, and one below a short list until all is asked for', async () => {
    const offers = [1, 2, 3, 4].map((n) => named(`O${n}`, { on: dayFromToday(-n) }));
    const { element } = await withOffers([...offers].reverse(), { limit: '2' });
    expect(all(element, '.offer .name').map(labelOf)).to.deep.equal(['推荐O1']);
    one(element, '.head button').click();
    await settled(element);
    expect(all(element, '.offer .name').map(labelOf)).to.deep.equal(['推荐O1', '推荐O2', '推荐O3']);
  });

  it('what was answered in one line, and neither what has ended nor what is never wanted', async () => {
    const { element } = await withOffers([
      named('O1', { feedback: 'INTERESTED', feedbackAt: ANSWERED_AT, on: dayFromToday(-1) }),
      named('O2', { feedback: 'NEVER', feedbackAt: ANSWERED_AT, on: dayFromToday(-2) }),
      named('O3', { expiresOn: dayFromToday(-1) }),
      named('O4', { feedback: 'NOT_NOW', feedbackAt: ANSWERED_AT, expiresOn: dayFromToday(-1) }),
    ]);
    expect(rows(element)).to.deep.equal(['推荐O1：感兴趣 已确认']);
    expect(answerButtons(element)).to.have.length(0);
  });

  it('no next one where the customer wants one never again', async () => {
    const said = { feedback: 'NEVER', feedbackAt: ANSWERED_AT } as const;
    const never = [1, 2, 3].map((n) => named(`O${n}`, { ...said, on: dayFromToday(-n) }));
    const { element } = await withOffers([...never, named('O4')]);
    expect(all(element, '.offers')).to.have.length(0);
  });

  it('in English', async () => {
    const { element } = await withOffers([anOffer('O1', { expiresOn: '2099-02-28' })]);
    element.locale = 'en';
    await settled(element, 'en');
    expect(textOf(element, '.offers')).to.contain('Suggested for you');
    expect(textOf(element, '.terms')).to.match(
      /What the bank gains The bank gains stable funding by it Open until 28 February 2099$/,
    );
    expect(labelOf(answerButtons(element)[2]!)).to.match(/^Do not suggest again: Reserve /);
  });
});

describe('<liyu-benefit-panel> with personalisation off', () => {
  const SENTENCE = '为您推荐 您已关闭个性化推荐，这里不显示推荐内容。';

  it('suggests nothing, and says so without a way to turn it on', async () => {
    const { source, element } = await withOffers([anOffer('O1')], {}, wishing(false));
    expect(textOf(element, '.offers')).to.equal(SENTENCE);
    expect(all(element, '.offers :is(a, button)')).to.have.length(0);
    expect(root(element).dataset.phase).to.equal('personalisationOff');
    expect(textOf(element)).not.to.contain('大额存单');
    await expect(element).to.be.accessible();
    source.set('customers', [wishing(true)]);
    await settled(element);
    expect(rows(element)).to.have.length(1);
    expect(root(element).dataset.phase).to.equal(undefined);
  });

  const unknown = [{ state: 'loading' }, { state: 'error', code: 'offline' }] as const;
  for (const customers of unknown) {
    it(`suggests nothing while the customer’s wish is unknown: ${customers.state}`, async () => {
      const { source, element } = await withOffers([anOffer('O1')]);
      source.set('customers', customers);
      await settled(element);
      expect(all(element, '.offers')).to.have.length(0);
      expect(textOf(element)).to.contain('贵宾室使用');
    });
  }

  it('shows the benefits where the offers can’t be read', async () => {
    const { source, element } = await withOffers([anOffer('O1')]);
    source.set('offers', { state: 'error', code: 'offline' });
    await settled(element);
    expect(all(element, '.offers')).to.have.length(0);
    expect(textOf(element)).to.contain('贵宾室使用');
  });
});

describe('<liyu-benefit-panel> the answer to an offer', () => {
  it('is written once, folds to one line that waits for the bank, and then is confirmed', async () => {
    const { source, element } = await withOffers([anOffer('O1')]);
    const heard: OfferAnsweredEvent[] = [];
    element.addEventListener('liyu-offer-answered', (event) => heard.push(event));
    await press(element, '感兴趣');
    expect(source.answered).to.deep.equal([{ ...anOffer('O1'), feedback: 'INTERESTED' }]);
    expect(element.answered).to.equal(source.answered[0]);
    expect(heard.map(({ detail, composed }) => ({ detail, composed }))).to.deep.equal([
      { detail: { offerId: 'O1' }, composed: false },
    ]);
    expect(rows(element)).to.deep.equal([
      '三年期大额存单预约：感兴趣 待确认 已记下，联网后由银行确认。',
    ]);
    expect(hasFocus(one(element, '.offer'))).to.equal(true);
    await expect(element).to.be.accessible();

    const live = one(element, '.body > [role=status]');
    expect(live.textContent).to.equal('');
    source.set('offers', [{ ...source.answered[0]!, feedbackAt: new Date().toISOString() }]);
    await settled(element);
    expect(rows(element)).to.deep.equal(['三年期大额存单预约：感兴趣 已确认']);
    expect(live.textContent).to.equal('三年期大额存单预约：已确认');
  });

  it('is gone with the offer once the bank knows that it is never wanted again', async () => {
    const { source, element } = await withOffers([anOffer('O1')]);
    await press(element, '不再推荐');
    expect(rows(element)[0]).to.contain('不再推荐 待确认');
    source.set('offers', [{ ...source.answered[0]!, feedbackAt: new Date().toISOString() }]);
    await settled(element);
    expect(all(element, '.offers')).to.have.length(0);
    expect(textOf(element, '.body > [role=status]')).to.equal('三年期大额存单预约：已确认');
  });

  const refusals: readonly [string, string][] = [
    ['already_answered', '您已在其他设备上回答过，以先送达的为准。'],
    ['conflict', '您已在其他设备上回答过，以先送达的为准。'],
    ['already_submitted', '您已在其他设备上回答过，以先送达的为准。'],
    ['expired', '送达时，这项推荐已经结束。'],
    ['constructor', '请联系客户经理。'],
  ];
  for (const [code, why] of refusals) {
    it(`is refused with its reason: ${code}`, async () => {
      const ended = anOffer('O1', { expiresOn: dayFromToday(-1) });
      // Answered on an earlier visit, before its last day.
      const waiting = { ...ended, feedback: 'INTERESTED' } as const;
      const { source, element } = await withOffers([waiting]);
      expect(rows(element)[0]).to.contain('待确认');
      source.reject('O1', { code, doc: waiting });
      source.set('offers', [ended]);
      await settled(element);
      expect(rows(element)).to.deep.equal([
        `三年期大额存单预约 未采用 您这次的回答没有被采用：${why}`,
      ]);
      expect(answerButtons(element)).to.have.length(0);
    });
  }

  for (const [days, isTold] of [
    [0, true],
    [14, true],
    [15, false],
  ] as const) {
    it(`that was refused while no panel stood there is ${isTold ? '' : 'not '}told ${days} days later`, async () => {
      const ended = anOffer('O1', { expiresOn: dayFromToday(-20) });
      const source = offering([ended]);
      source.reject('O1', {
        code: 'expired',
        doc: { ...ended, feedback: 'INTERESTED' },
        at: `${dayFromToday(-days)}T01:00:00.000Z`,
      });
      const element = await mount('liyu-benefit-panel', { source });
      const told = '三年期大额存单预约 未采用 您这次的回答没有被采用：送达时，这项推荐已经结束。';
      expect(rows(element)).to.deep.equal(isTold ? [told] : []);
      expect(textOf(element, '.body > [role=status]')).to.equal('');
      await expect(element).to.be.accessible();
    });
  }

  it('that came second stands beside the first one', async () => {
    const { source, element } = await withOffers([anOffer('O1')]);
    await press(element, '感兴趣');
    source.reject('O1', { code: 'already_answered', doc: source.answered[0]! });
    source.set('offers', [anOffer('O1', { feedback: 'NEVER', feedbackAt: ANSWERED_AT })]);
    await settled(element);
    expect(rows(element)[0]).to.match(
      /^三年期大额存单预约：不再推荐 已确认 您这次的回答没有被采用/,
    );
    expect(textOf(element, '.body > [role=status]')).to.equal('三年期大额存单预约：未采用');
  });

  it('that could not be saved can be given again', async () => {
    const { source, element } = await withOffers([anOffer('O1')]);
    source.submitFails = true;
    await press(element, '暂不需要');
    expect(textOf(element, '[role=alert]')).to.equal('没有保存成功，请再试一次。');
    expect(element.answered).to.equal(null);
    source.submitFails = false;
    passTime(SETTLE_MS);
    await press(element, '暂不需要');
    expect(source.answered).to.have.length(1);
    expect(all(element, '[role=alert]')).to.have.length(0);
  });

  it('is one, however often it is pressed, and none to the offer that moves up', async () => {
    const offers = [named('O1', { on: dayFromToday(-1) }), named('O2', { on: dayFromToday(-2) })];
    const { source, element } = await withOffers(offers);
    const [first] = answerButtons(element);
    first!.click();
    first!.click();
    await settled(element);
    await press(element, '感兴趣');
    expect(source.answered.map(({ id }) => id)).to.deep.equal(['O1']);
  });

  it('that says yes is taken once its button has stood for a moment, as the use of a benefit is', async () => {
    const offers = [named('O1', { on: dayFromToday(-1) }), named('O2', { on: dayFromToday(-2) })];
    const source = offering(offers);
    const element = await mount('liyu-benefit-panel', { source });
    await press(element, '感兴趣');
    expect(source.answered).to.have.length(0);
    passTime(SETTLE_MS);
    element.parentElement!.append(element);
    await settled(element);
    await press(element, '感兴趣');
    expect(source.answered).to.have.length(0);
    passTime(SETTLE_MS);
    await press(element, '感兴趣');
    expect(source.answered.map(({ id }) => id)).to.deep.equal(['O1']);
  });

  it('that says no is taken at once', async () => {
    const source = offering([anOffer('O1')]);
    const element = await mount('liyu-benefit-panel', { source });
    await press(element, '暂不需要');
    expect(source.answered).to.have.length(1);
  });

  it('is followed by no watcher once the panel is gone', async () => {
    const { source, element } = await withOffers([anOffer('O1')]);
    await press(element, '感兴趣');
    element.remove();
    expect(source.watching).to.equal(0);
  });

  it('is still told as refused after the panel was moved in the page', async () => {
    const { source, element } = await withOffers([anOffer('O1')]);
    await press(element, '感兴趣');
    const { parentElement } = element;
    element.remove();
    source.set('offers', [anOffer('O1', { expiresOn: dayFromToday(-1) })]);
    source.reject('O1', { code: 'expired', doc: source.answered[0]! });
    parentElement!.append(element);
    await settled(element);
    expect(rows(element)[0]).to.contain('送达时，这项推荐已经结束。');
  });
});

describe('<liyu-benefit-panel> offers in a page with its own data', () => {
  const given = (changes: Partial<BenefitPanel>) =>
    mount('liyu-benefit-panel', {
      props: {
        entitlements: [anEntitlement({ benefits: [aBenefit('B-V4', 'service')] })],
        policy: aPolicy(),
        ...changes,
      },
    });

  it('are shown where the page gives them, and the customer doesn’t say no', async () => {
    expect(all(await given({}), '.offers')).to.have.length(0);
    expect(all(await given({ customer: wishing(false) }), '.offers')).to.have.length(0);
    expect(rows(await given({ offers: [anOffer('O1')] }))).to.have.length(1);
    const off = await given({ offers: [anOffer('O1')], customer: wishing(false) });
    expect(textOf(off, '.offers')).to.contain('您已关闭个性化推荐');
  });

  it('leave the answer to the page, and wait until the page has it', async () => {
    const element = await given({ offers: [anOffer('O1')] });
    await press(element, '暂不需要');
    expect(rows(element)[0]).to.contain('暂不需要 待确认');
    element.offers = [{ ...element.answered!, feedbackAt: ANSWERED_AT }];
    await settled(element);
    expect(rows(element)).to.deep.equal(['三年期大额存单预约：暂不需要 已确认']);
  });
});
