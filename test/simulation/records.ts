import type { Doc } from '@liyu/model';

/** A text that must stay in the scope of its customer. */
export function canary(customer: string): string {
  return `¤${customer}¤`;
}

/** What only staff may see of a customer. */
export const STAFF_CANARY = '****-11-29';

/** Uses of a benefit, and points, that a customer has to begin with: few, so that devices compete. */
export const QUOTA = 2;
const POINTS = 250;
export const BENEFIT = 'B-V3';

const both = (customer: string, text: string) => ({
  'zh-CN': `${canary(customer)} ${text}`,
  en: `${canary(customer)} ${text}`,
});

export function customerDoc(id: string, manager: string): Doc {
  return {
    id,
    rev: 0,
    asOf: '2026-11-21',
    name: `${canary(id)}*`,
    phone: null,
    birthday: STAFF_CANARY,
    birthdayCalendar: 'solar',
    locale: 'zh-CN',
    since: '2020-05-12',
    branch: { id: 'B1', name: both(id, 'branch'), personalBanker: true },
    clientManager: { id: manager, name: `${canary(id)} ${manager}`, phone: '010-5555-0100' },
    careManager: null,
    tier: null,
    preferences: {
      channel: null,
      channelLabel: null,
      contactTime: null,
      care: true,
      surveys: true,
      personalised: true,
    },
  };
}

export function invitation(customer: string, id: string): Doc {
  return {
    id,
    rev: 0,
    customer,
    template: 'CSAT-BRANCH',
    subject: both(customer, 'visit'),
    on: '2026-11-18',
    expiresOn: '2999-12-31',
    state: 'invited',
    answers: null,
    callBack: false,
    submittedAt: null,
    receivedAt: null,
    receipt: null,
  };
}

export function careEvent(customer: string, id: string, survey: string | null = null): Doc {
  return {
    id,
    rev: 0,
    customer,
    rule: null,
    kind: survey === null ? 'CARE' : 'SURVEY',
    on: '2026-11-18',
    title: both(customer, 'event'),
    note: both(customer, 'note'),
    state: survey === null ? 'planned' : 'invited',
    owner: both(customer, 'owner'),
    ownerName: null,
    channel: both(customer, 'channel'),
    survey,
  };
}

export function earned(customer: string, id: string, points: number): Doc {
  return {
    id,
    rev: 0,
    customer,
    type: 'EARN',
    points,
    on: '2026-01-01',
    expiresOn: '2999-12-31',
    rule: 'P1',
    of: null,
    title: both(customer, 'purchase'),
  };
}

export function entitlement(customer: string): Doc {
  const benefit = (id: string, kind: string, quota: number | null) => ({
    benefit: id,
    kind,
    state: 'AVAILABLE',
    because: null,
    opensAt: null,
    quota,
    per: quota === null ? null : 'year',
    used: 0,
    addBp: null,
  });
  return {
    id: `${customer}:2026`,
    rev: 0,
    customer,
    period: '2026',
    endsOn: '2026-12-31',
    asOf: '2026-01-01',
    rung: 'VIP-1',
    label: both(customer, 'rung'),
    benefits: [benefit(BENEFIT, 'facility', QUOTA), benefit('B-V2', 'points', null)],
  };
}

/** What a customer has to begin with. */
export function firstRecords(customer: string, manager: string): { coll: string; doc: Doc }[] {
  return [
    { coll: 'customers', doc: customerDoc(customer, manager) },
    { coll: 'entitlements', doc: entitlement(customer) },
    { coll: 'points', doc: earned(customer, `${customer}:p-0`, POINTS) },
    { coll: 'surveys', doc: invitation(customer, `${customer}:s-0`) },
    {
      coll: 'careEvents',
      doc: careEvent(customer, `${customer}:survey:${customer}:s-0`, `${customer}:s-0`),
    },
    { coll: 'careEvents', doc: careEvent(customer, `${customer}:e-0`) },
  ];
}
