import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  ArchiveEntry,
  Assessment,
  CareEvent,
  Case,
  Entitlement,
  Offer,
  PointsEntry,
  Redemption,
  Survey,
} from '@liyu/model';
import { caseMoves, checkAnswers, pointsBalance } from '@liyu/model';
import { promisedReturn } from '@liyu/policy';
import { loadPolicy } from '@liyu/policy/node';
import { addDays } from './calendar.js';
import { productOf } from './products.js';
import { personOf, settingOf } from './person.js';
import { sampleBank } from './sample-bank.js';
import type { SamplePerson } from './sample-bank.js';

interface Records {
  assessments: Assessment;
  entitlements: Entitlement;
  redemptions: Redemption;
  points: PointsEntry;
  careEvents: CareEvent;
  surveys: Survey;
  cases: Case;
  offers: Offer;
  archive: ArchiveEntry;
}

const policy = loadPolicy();
const today = '2026-11-22';
const setting = settingOf(policy, today, 1);
const people = [...sampleBank({ policy, today }).people()];

function of<Coll extends keyof Records>(person: SamplePerson, coll: Coll): Records[Coll][] {
  return person.documents
    .filter((item) => item.coll === coll)
    .map((item) => item.doc as unknown as Records[Coll]);
}

const all = <Coll extends keyof Records>(coll: Coll) =>
  people.flatMap((person) => of(person, coll));

describe('holdings', () => {
  it('come to about the averages of the metrics, product by product', () => {
    for (const [n, { holdings, metrics }] of people.entries()) {
      const person = personOf(setting, n);
      const { deposit_avg_3m_fen, invest_avg_3m_fen, products_held } = metrics.metrics;
      assert.equal(holdings.length, products_held, person.id);
      assert.equal(new Set(person.products).size, products_held, person.id);
      for (const [kind, average] of [
        ['DEPOSIT', deposit_avg_3m_fen],
        ['WEALTH', invest_avg_3m_fen],
      ] as const) {
        const sum = holdings
          .filter((row) => row.kind === kind)
          .reduce((total, { amount_fen }) => total + (amount_fen ?? 0), 0);
        const wanted = (average as number | null) ?? 0;
        // A time deposit is a whole number of thousands of yuan.
        assert.ok(Math.abs(sum - wanted) <= wanted * 0.05 + 100_000, `${person.id} ${kind}`);
      }
    }
  });

  it('were opened in time, and mature in the future if at all', () => {
    for (const { customer, holdings } of people) {
      for (const { id, opened, matures } of holdings) {
        assert.ok(opened! < today, id);
        assert.ok(opened! >= customer.since!, id);
        assert.ok(matures === null || matures >= today, id);
      }
    }
  });

  it('mature within 90 days for some, with and without renewal, or not known', () => {
    const soon = people
      .flatMap(({ holdings }) => holdings)
      .filter(
        ({ matures, kind }) =>
          kind === 'DEPOSIT' && matures !== null && matures < addDays(today, 90),
      );
    for (const renews of [true, false, null]) {
      assert.ok(soon.filter(({ auto_renew }) => auto_renew === renews).length > 5, String(renews));
    }
    const kinds = new Set(people.flatMap(({ holdings }) => holdings.map(({ kind }) => kind)));
    assert.equal(kinds.size, 4);
    assert.equal(productOf('FUND').complex, true);
  });
});

describe('events', () => {
  it('lie in the year before today, a dozen purchases at most, which come to the card spend', () => {
    for (const { customer, events, metrics } of people) {
      const fen = (type: string) =>
        events
          .filter((event) => event.type === type)
          .reduce((sum, { body }) => sum + (body.fen as number), 0);
      const purchases = events.filter(({ type }) => type === 'CARD_PURCHASE');
      assert.ok(purchases.length <= 12, customer.customer);
      const spent = fen('CARD_PURCHASE') - fen('CARD_REFUND');
      assert.equal(spent, metrics.metrics.card_spend_12m_fen ?? 0, customer.customer);
      assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
      for (const { on_date } of events) {
        assert.ok(on_date < today && on_date >= '2025-10-31' && on_date >= customer.since!);
      }
    }
  });

  it('are of many types', () => {
    const types = new Set(people.flatMap(({ events }) => events.map(({ type }) => type)));
    for (const type of [
      'ACCOUNT_OPENED',
      'BALANCE_CHANGE',
      'BRANCH_VISIT',
      'CARD_PURCHASE',
      'CARD_REFUND',
      'COMPLAINT_CLOSED',
      'COMPLAINT_OPENED',
      'DEPOSIT_MATURITY',
      'LIFE_EVENT',
      'MANAGER_CHANGED',
      'NEED_NOTED',
      'REFERRAL_QUALIFIED',
      'SURVEY_DONE',
      'SURVEY_LOW',
      'WAIT_EXCEEDED',
    ]) {
      assert.ok(types.has(type), type);
    }
  });
});

describe('points', () => {
  it('are never overdrawn, whatever day is looked at', () => {
    for (const person of people) {
      const ledger = of(person, 'points').sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
      let sum = 0;
      for (const [i, { points, on }] of ledger.entries()) {
        sum += points;
        if (ledger[i + 1]?.on !== on) assert.ok(sum >= 0, `${person.customer.customer} ${on}`);
      }
      assert.equal(pointsBalance(ledger, today).balance, sum, person.customer.customer);
    }
  });

  it('are one for each yuan of a purchase, fifty for a survey twice a year, 2,000 for a referral', () => {
    for (const person of people) {
      const earned = new Map(of(person, 'points').map(({ id, points }) => [id, points]));
      const surveys = new Map<string, number>();
      for (const { id, type, body, on_date } of person.events) {
        const points = earned.get(`${person.customer.customer}:points:${id}`);
        if (type === 'CARD_PURCHASE') {
          const wanted = Math.floor((body.fen as number) / 100);
          assert.equal(points ?? 0, wanted, id);
        }
        if (type === 'REFERRAL_QUALIFIED') assert.equal(points, 2_000);
        if (type === 'SURVEY_DONE') {
          const year = on_date.slice(0, 4);
          const before = surveys.get(year) ?? 0;
          surveys.set(year, before + 1);
          assert.equal(points, before < 2 ? 50 : undefined, id);
        }
      }
    }
    const types = new Set(all('points').map(({ type }) => type));
    assert.deepEqual([...types].sort(), ['EARN', 'EXPIRE', 'REVERSE', 'SPEND']);
  });

  it('that are spent have a redemption each, and the other way round', () => {
    const spent = all('points').filter(({ type }) => type === 'SPEND');
    const redeemed = all('redemptions').filter(({ kind }) => kind === 'points');
    assert.ok(spent.length > 20);
    const by = (a: string[], b: string[]) => (a[0]! < b[0]! ? -1 : 1);
    assert.deepEqual(
      spent.map(({ of: id, points, customer }) => [id!, String(-points), customer]).sort(by),
      redeemed.map(({ id, points, customer }) => [id, String(points), customer]).sort(by),
    );
  });

  it('expire for some within 60 days', () => {
    const expiring = people.filter((person) =>
      pointsBalance(of(person, 'points'), today).lots.some(
        ({ expiresOn }) => expiresOn! <= addDays(today, 60),
      ),
    );
    assert.ok(expiring.length > 50, String(expiring.length));
  });
});

describe('redemptions', () => {
  it('of the year are counted by the entitlement, within its quota', () => {
    for (const person of people) {
      const [entitlement] = of(person, 'entitlements');
      const made = of(person, 'redemptions');
      if (entitlement === undefined) {
        assert.deepEqual(made, []);
        continue;
      }
      for (const { benefit, used, quota, state } of entitlement.benefits) {
        const counted = made.filter(
          (one) => one.benefit === benefit && one.kind === 'benefit' && one.period === '2026',
        );
        const granted = counted.filter((one) => one.state !== 'rejected');
        assert.equal(used, granted.length, `${person.customer.customer} ${benefit}`);
        assert.ok(used <= (quota ?? 0), `${person.customer.customer} ${benefit}`);
        assert.ok(used === 0 || state === 'AVAILABLE', `${person.customer.customer} ${benefit}`);
      }
    }
  });

  it('are open, used, lapsed and refused', () => {
    const states = new Set(all('redemptions').map(({ state }) => state));
    assert.deepEqual([...states].sort(), ['confirmed', 'expired', 'rejected', 'used']);
    for (const { state, reason, code, validUntil, requestedAt } of all('redemptions')) {
      assert.equal(reason !== null, state === 'rejected');
      assert.equal(code === null, state === 'rejected');
      assert.ok(state !== 'confirmed' || validUntil! >= today);
      assert.ok(state !== 'expired' || validUntil! < today);
      assert.ok(requestedAt.slice(0, 10) <= today);
    }
  });
});

describe('surveys', () => {
  it('have answers that fit their template', () => {
    for (const { template, answers, state, submittedAt, receivedAt } of all('surveys')) {
      const found = policy.files.surveys.templates.find(({ id }) => id === template)!;
      assert.equal(answers !== null, state === 'submitted');
      assert.equal(receivedAt !== null, state !== 'invited');
      if (answers !== null) assert.deepEqual(checkAnswers(found, answers), []);
      if (submittedAt !== null) assert.ok(submittedAt < receivedAt! && receivedAt! < today);
    }
  });

  it('are answered, declined, run out and open, and go to nobody who did not agree', () => {
    const surveys = all('surveys');
    const open = surveys.filter(({ state }) => state === 'invited');
    assert.ok(surveys.filter(({ state }) => state === 'submitted').length > 200);
    assert.ok(surveys.filter(({ state }) => state === 'declined').length > 10);
    assert.ok(open.filter(({ expiresOn }) => expiresOn! < today).length > 10);
    assert.ok(open.filter(({ expiresOn }) => expiresOn! >= today).length > 100);
    for (const person of people) {
      if (!person.customer.consents.includes('SURVEY')) assert.deepEqual(of(person, 'surveys'), []);
    }
  });
});

describe('cases', () => {
  it('went through states as customers and staff may move them', () => {
    for (const { id, steps, state, receivedAt, handler, openedAt } of all('cases')) {
      let now: Case['state'] = 'RECEIVED';
      let at = receivedAt!;
      assert.ok(openedAt < at);
      for (const step of steps) {
        assert.ok(caseMoves(step.by as 'customer' | 'staff', now).includes(step.state!), id);
        assert.ok(step.at >= at && step.at < today, `${id} ${step.at}`);
        assert.notEqual(step.text, '');
        now = step.state!;
        at = step.at;
      }
      assert.equal(state, now, id);
      assert.equal(
        handler !== null,
        steps.some((step) => step.state === 'ACCEPTED'),
      );
    }
  });

  it('are in every state, of every kind and topic, and of the open ones none is overdue', () => {
    const cases = all('cases');
    assert.equal(new Set(cases.map(({ state }) => state)).size, 7);
    assert.equal(new Set(cases.map(({ kind }) => kind)).size, 3);
    assert.equal(new Set(cases.map(({ topic }) => topic)).size, 14);
    for (const { state, dueOn, id } of cases) {
      if (!['CLOSED', 'WITHDRAWN', 'ANSWERED'].includes(state)) assert.ok(dueOn! >= today, id);
    }
  });
});

describe('care', () => {
  it('is planned for today or later, and done before', () => {
    for (const { on, state, id } of all('careEvents')) {
      assert.equal(state === 'planned', on >= today, id);
    }
  });

  it('follows the birthday by the calendar that the customer keeps', () => {
    const rules = new Map(
      all('careEvents').map(({ customer, rule }) => [`${customer} ${rule!}`, 1]),
    );
    let kept = 0;
    for (const { customer } of people.slice(13)) {
      const [own, other] =
        customer.birthday_calendar === 'lunar'
          ? ['C-BDAY-LUNAR', 'C-BDAY']
          : ['C-BDAY', 'C-BDAY-LUNAR'];
      kept += rules.get(`${customer.customer} ${own}`) ?? 0;
      assert.ok(!rules.has(`${customer.customer} ${other}`), customer.customer);
    }
    assert.ok(kept > 600, String(kept));
    assert.ok(all('careEvents').some(({ rule }) => rule === 'C-LONGEVITY'));
  });

  it('has a lunar date where its occasion is kept by the lunar calendar, and nowhere else', () => {
    const lunar = new Set(
      policy.files['care-playbook'].rules
        .filter(({ trigger }) => JSON.stringify(trigger).includes('lunar'))
        .map(({ id }) => id),
    );
    const keeps = new Set(
      people
        .filter(({ customer }) => customer.birthday_calendar === 'lunar')
        .map(({ customer }) => customer.customer),
    );
    const seen = new Set<string>();
    for (const { id, rule, customer, lunar: day } of all('careEvents')) {
      const byMoon = lunar.has(String(rule)) || (rule === 'C-LONGEVITY' && keeps.has(customer));
      assert.equal(day != null, byMoon, id);
      if (day != null) seen.add(`${String(rule)} ${day.month}-${day.day}`);
    }
    assert.ok(seen.has('C-FEST-MIDAUTUMN 8-15'), [...seen].join());
    assert.ok(
      [...seen].some((one) => one.startsWith('C-BDAY-LUNAR')),
      'a birthday',
    );
  });

  it('comes from many rules of the playbook, all of them known', () => {
    const rules = new Set(all('careEvents').map(({ rule }) => rule));
    const known = new Set(policy.files['care-playbook'].rules.map(({ id }) => id));
    for (const rule of rules) assert.ok(rule === null || known.has(rule), String(rule));
    assert.ok(rules.size > 18, [...rules].join());
  });

  it('has work for every manager in the next days', () => {
    const { managers } = sampleBank({ policy, today });
    for (const { manager, name, duties } of managers) {
      if (!duties.includes('client-manager')) continue;
      const own = all('careEvents').filter(
        ({ ownerName, state, on }) =>
          ownerName === name && state === 'planned' && on <= addDays(today, 30),
      );
      assert.ok(own.length > 5, manager);
    }
  });
});

describe('the standing of the month before', () => {
  it('is kept by most, watched for some, and about to rise for some', () => {
    const rank = new Map(policy.files['tier-ladder'].rungs.map(({ code, rank: of }) => [code, of]));
    const moves = { up: 0, down: 0, same: 0 };
    for (const [n, person] of people.entries()) {
      const [before] = of(person, 'assessments');
      if (before === undefined) continue;
      const { rung } = personOf(setting, n).grade;
      const step = rank.get(rung)! - rank.get(before.rung)!;
      moves[step > 0 ? 'up' : step < 0 ? 'down' : 'same']++;
      assert.ok(before.since <= before.assessedOn, before.id);
      assert.ok(before.failStreak === 0 || before.status === 'WATCH', before.id);
    }
    assert.ok(moves.same > 850 && moves.up > 10 && moves.down > 10, JSON.stringify(moves));
  });

  it('is missing for who came since, and older for who is not assessed by machine', () => {
    const none = people.filter((person) => of(person, 'assessments').length === 0);
    assert.ok(none.length > 5 && none.length < 60);
    for (const person of people) {
      const [before] = of(person, 'assessments');
      if (before === undefined) continue;
      const assessed = person.customer.consents.includes('TIERING');
      assert.equal(before.assessedOn, assessed ? '2026-10-01' : '2026-05-01');
      assert.equal(of(person, 'entitlements')[0]!.period, '2026');
    }
  });
});

describe('offers', () => {
  it('go to those who agreed to them, and say what the bank gains; none promises a return', () => {
    const offers = all('offers');
    assert.ok(offers.length > 100, String(offers.length));
    for (const { customer, documents } of people) {
      const isOffered = documents.some(({ coll }) => coll === 'offers');
      assert.ok(!isOffered || customer.consents.includes('MARKETING'), customer.customer);
    }
    for (const { title, product, reason, interest } of offers) {
      for (const text of [title, product, reason, interest].flatMap((one) => Object.values(one))) {
        assert.ok(text !== undefined && text.trim() !== '');
        assert.equal(promisedReturn(text), null);
        assert.doesNotMatch(text, /仅剩|最后|即将|尽快|立即|[!！]/);
      }
    }
  });

  it('wait for an answer of two of the customers that the demo is told by', () => {
    const open = people
      .slice(0, 13)
      .filter((person) => of(person, 'offers').some(({ feedback }) => feedback === null));
    assert.deepEqual(
      open.map(({ customer }) => customer.customer),
      ['c-51c9', 'c-b2f7'],
    );
  });
});
