import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCustomerActor, aStaffActor, UUID } from './actors.testing.js';
import type { Actor, Doc, Verdict } from './define-collection.js';
import {
  REDEMPTION_REASONS,
  REDEMPTION_REJECTS,
  redemptionRule,
  relatedToRedemption,
} from './redemption-rule.js';
import { kept, taken } from './verdicts.testing.js';

/** The last moment of 2026 in Shanghai. */
const NOW = '2026-12-31T15:59:59.000Z';
const NEW_YEAR = '2026-12-31T16:00:00.000Z';

const both = (text: string) => ({ 'zh-CN': text, en: text });
const policy: Doc = {
  id: 'current',
  rev: 1,
  files: {
    benefits: {
      benefits: [
        { id: 'B-V3', kind: 'facility', label: both('贵宾室使用') },
        { id: 'B-A2', kind: 'gift', label: both('生日礼物') },
        { id: 'B-V4', kind: 'service', label: both('专属客服') },
        { id: 'B-L5', kind: 'facility', label: both('VIP座位') },
        { id: 'B-V8', kind: 'credit', label: both('更低的贷款利率') },
        { id: 'B-X', kind: 'gift', label: both('不在权益表中') },
        { id: 'B-V2', kind: 'points', label: both('积分兑换') },
      ],
    },
  },
};
const item = (benefit: string, more: object = {}) => ({
  benefit,
  state: 'AVAILABLE',
  quota: null,
  used: 0,
  ...more,
});
const entitlement = (year: string, used = 2): Doc => ({
  id: `c1:${year}`,
  rev: 1,
  customer: 'c1',
  period: year,
  endsOn: `${year}-12-31`,
  benefits: [
    item('B-V3', { quota: 6, used }),
    item('B-A2', { quota: 1, used: 1 }),
    item('B-V4'),
    item('B-L5', { state: 'LOCKED' }),
    item('B-V8', { state: 'SUSPENDED' }),
    item('B-V2'),
  ],
});
const earned = (id: string, points: number, expiresOn: string): Doc => ({
  id,
  rev: 1,
  customer: 'c1',
  type: 'EARN',
  points,
  on: '2024-12-20',
  expiresOn,
  rule: 'P1',
  of: null,
});
const asked: Doc = {
  id: UUID,
  rev: 0,
  customer: 'c1',
  kind: 'benefit',
  benefit: 'B-V3',
  points: null,
  period: '2026',
  requestedAt: '2026-12-31T15:00:00.000Z',
  state: 'pending',
  reason: null,
  code: null,
  decidedAt: null,
  validUntil: null,
};
const points = { kind: 'points', benefit: 'B-V2', points: 1200 };

interface Circumstances {
  master?: Doc | null;
  actor?: Actor;
  now?: string;
  related?: Doc[];
}

function judge(
  change: object = {},
  { master = null, actor = aCustomerActor(), now = NOW, related }: Circumstances = {},
): Verdict {
  const years = related ?? [entitlement('2026')];
  const ledger = [earned('p1', 1000, '2026-12-31'), earned('p2', 500, '2027-06-30')];
  return redemptionRule(
    master,
    { ...(master ?? asked), ...change },
    {
      actor,
      now,
      related: new Map([
        ['policies/current', policy],
        ...years.map((doc) => [`entitlements/${doc.id}`, doc] as const),
        ...ledger.map((doc) => [`points/${doc.id}`, doc] as const),
      ]),
    },
  );
}

describe('a request for a benefit', () => {
  it('is confirmed with a code for the counter, and counted', () => {
    const verdict = taken(judge());
    const { code, ...rest } = verdict.master;
    assert.match(String(code), /^[0-9A-Z]{4}$/);
    assert.deepEqual(rest, {
      ...Object.fromEntries(Object.entries(asked).filter(([name]) => name !== 'code')),
      state: 'confirmed',
      decidedAt: NOW,
      validUntil: '2027-01-30',
    });
    assert.deepEqual(verdict.also, [{ coll: 'entitlements', doc: entitlement('2026', 3) }]);
  });

  it('belongs to the year of the receipt, whatever the device says', () => {
    const related = [entitlement('2026'), entitlement('2027', 0)];
    const verdict = taken(judge({ period: '2026' }, { now: NEW_YEAR, related }));
    assert.equal(verdict.master.period, '2027');
    assert.deepEqual(verdict.also, [{ coll: 'entitlements', doc: entitlement('2027', 1) }]);
  });

  it('is not counted where there is no quota', () => {
    const verdict = taken(judge({ benefit: 'B-V4' }));
    assert.equal(verdict.master.state, 'confirmed');
    assert.deepEqual(verdict.also, []);
  });

  it('takes nothing from the device that the server decides', () => {
    const made = { state: 'used', code: 'FREE', validUntil: '2099-12-31', reason: 'x' };
    const { state, code, validUntil, reason } = taken(judge(made)).master;
    assert.equal(state, 'confirmed');
    assert.notEqual(code, 'FREE');
    assert.deepEqual([validUntil, reason], ['2027-01-30', null]);
  });

  it('reads the entitlements of every year, and the ledger only for points', () => {
    const read = (more: object) =>
      relatedToRedemption({ ...asked, ...more }).map(({ coll }) => coll);
    assert.deepEqual(read({}), ['policies', 'entitlements']);
    assert.deepEqual(read(points), ['policies', 'entitlements', 'points']);
  });
});

describe('a request to spend points', () => {
  it('is confirmed with an entry in the ledger', () => {
    const verdict = taken(judge(points));
    assert.equal(verdict.master.state, 'confirmed');
    assert.deepEqual(verdict.also, [
      {
        coll: 'points',
        doc: {
          id: `spend:${UUID}`,
          rev: 0,
          customer: 'c1',
          type: 'SPEND',
          points: -1200,
          on: '2026-12-31',
          expiresOn: null,
          rule: null,
          of: UUID,
          title: both('积分兑换'),
        },
      },
    ]);
  });

  it('needs no benefit to be named', () => {
    const verdict = taken(judge({ ...points, benefit: null }));
    assert.equal(verdict.master.benefit, null);
    assert.deepEqual(
      verdict.also.map(({ coll }) => coll),
      ['points'],
    );
  });
});

describe('a request that does not hold is kept with the reason', () => {
  const requests: [why: string, reason: string, change: object, context?: Circumstances][] = [
    ['a benefit that is in no catalogue', 'benefit_unknown', { benefit: 'B-Z9' }],
    ['no benefit at all', 'benefit_unknown', { benefit: null }],
    ['points without points', 'kind_mismatch', { benefit: 'B-V2' }],
    ['points for another benefit', 'kind_mismatch', { ...points, benefit: 'B-V3' }],
    ['a benefit with points', 'points_invalid', { points: 5 }],
    ['no number of points', 'points_invalid', { ...points, points: null }],
    ['zero points', 'points_invalid', { ...points, points: 0 }],
    ['a year without entitlements', 'no_entitlement', {}, { now: NEW_YEAR }],
    ['a benefit that the year does not list', 'not_entitled', { benefit: 'B-X' }],
    ['a locked one', 'locked', { benefit: 'B-L5' }],
    ['a suspended one', 'suspended', { benefit: 'B-V8' }],
    ['one that is used up', 'quota_used', { benefit: 'B-A2' }],
    ['one more than the last', 'quota_used', {}, { related: [entitlement('2026', 6)] }],
    ['more points than there are', 'points_short', { ...points, points: 1501 }],
    [
      'points that lapsed at midnight',
      'points_short',
      { ...points, points: 501 },
      { now: NEW_YEAR, related: [entitlement('2027')] },
    ],
  ];
  for (const [why, reason, change, context] of requests) {
    it(`as ${reason}: ${why}`, () => {
      const verdict = kept(judge(change, context));
      assert.equal(verdict.reject, reason);
      const { state, reason: written, code, decidedAt, validUntil } = verdict.master;
      assert.deepEqual([state, written, code, validUntil], ['rejected', reason, null, null]);
      assert.equal(decidedAt, context?.now ?? NOW);
    });
  }

  it('without a code, whatever the device says', () => {
    const made = { benefit: 'B-L5', code: 'FREE', validUntil: '2099-12-31' };
    const { code, validUntil } = kept(judge(made)).master;
    assert.deepEqual([code, validUntil], [null, null]);
  });

  it('for every reason there is', () => {
    assert.deepEqual(new Set(requests.map(([, reason]) => reason)), new Set(REDEMPTION_REASONS));
  });
});

describe('a write to a redemption', () => {
  const confirmed = { ...asked, state: 'confirmed', code: 'A1B2', validUntil: '2026-12-31' };
  const counter = aStaffActor('counter');
  const used = { state: 'used' };
  const refused: [why: string, code: string, change: object, context?: Circumstances][] = [
    ["another customer's", 'forbidden', {}, { actor: aCustomerActor('c2') }],
    ['an id that any device could make', 'not_uuid', { id: 'B-V3-1' }],
    ['UUIDv4', 'not_uuid', { id: '01935c9e-7a10-4c3e-9d2b-0123456789ab' }],
    ['a request sent before', 'already_decided', { benefit: 'B-V4' }, { master: confirmed }],
    ['use without the duty', 'forbidden', used, { master: confirmed, actor: aStaffActor('lobby') }],
    ['a request by staff', 'forbidden', used, { actor: counter }],
    [
      'a confirmation by staff',
      'forbidden',
      { state: 'confirmed' },
      { master: asked, actor: counter },
    ],
    ['an end by staff', 'forbidden', { state: 'expired' }, { master: confirmed, actor: counter }],
    [
      'use of a refused one',
      'not_confirmed',
      used,
      { master: { ...asked, state: 'rejected' }, actor: counter },
    ],
    [
      'use of an expired one',
      'lapsed',
      used,
      { master: { ...asked, state: 'expired' }, actor: counter },
    ],
    [
      'use after the last day',
      'lapsed',
      used,
      { master: confirmed, actor: counter, now: NEW_YEAR },
    ],
  ];
  for (const [why, code, change, context] of refused) {
    it(`is refused as ${code}: ${why}`, () => {
      assert.deepEqual(judge(change, context), { reject: code });
    });
  }

  it('is refused with every code there is', () => {
    assert.deepEqual(new Set(refused.map(([, code]) => code)), new Set(REDEMPTION_REJECTS));
  });

  it('turns it into a used one at the counter, to the end of the last day', () => {
    assert.deepEqual(judge(used, { master: confirmed, actor: counter }), {
      master: { ...confirmed, state: 'used' },
      also: [],
    });
  });
});
