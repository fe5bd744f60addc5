import type { Doc } from '@liyu/model';
import type { Policy } from '@liyu/policy';
import { archiveOf } from './archive-of.js';
import { BRANCHES, STAFF } from './bank.js';
import type { BranchRow, ManagerRow } from './bank.js';
import { addDays } from './calendar.js';
import { careOf } from './care-of.js';
import { casesOf } from './cases-of.js';
import type { EventRow } from './events.js';
import { eventsOf } from './events-of.js';
import { holdingsOf } from './holdings-of.js';
import type { HoldingRow } from './holdings-of.js';
import type { Metrics } from './metrics-of.js';
import { offersOf } from './offers-of.js';
import { personOf, settingOf } from './person.js';
import type { Person, Setting } from './person.js';
import { pointsOf } from './points-of.js';
import { redemptionsOf, usedIn } from './redemptions-of.js';
import { standingOf } from './standing-of.js';
import { surveysOf } from './surveys-of.js';

export interface SampleOptions {
  policy: Policy;
  /** ISO date in Asia/Shanghai: what is done lies before it, what is planned on it or after. */
  today: string;
  /** A 32-bit integer, 1 unless told otherwise. */
  seed?: number;
  /** Number of customers, 1,000 unless told otherwise; the named ones come first. */
  size?: number;
}

/** A row of the table `customers`, in the clear. */
export interface CustomerRow {
  customer: string;
  name: string | null;
  phone: string | null;
  birthday: string | null;
  birthday_calendar: 'solar' | 'lunar' | null;
  locale: 'zh-CN' | 'en';
  since: string | null;
  branch: string | null;
  client_manager: string | null;
  care_manager: string | null;
  channel: string | null;
  consents: string[];
  as_of: string;
}

/** A customer with everything that is the customer's. */
export interface SamplePerson {
  customer: CustomerRow;
  holdings: HoldingRow[];
  metrics: { customer: string; asOf: string; metrics: Metrics };
  events: EventRow[];
  /** Records but those that the server derives from rows: customers, holdings, this month's standing. */
  documents: { coll: string; doc: Doc }[];
}

export interface SampleBank {
  branches: BranchRow[];
  managers: ManagerRow[];
  /** One customer after another; nothing is kept of those before. */
  people(): Generator<SamplePerson>;
}

/**
 * 江海银行, an invented bank. The same options give the same bank, byte for byte, and customer `n` of a
 * seed is the same whatever the size. The first thirteen are those that the demo is told by. The metrics
 * are made for the ladder and the scorecard that come with Liyu; under other rules people stand where
 * these put them.
 */
export function sampleBank({ policy, today, seed = 1, size = 1_000 }: SampleOptions): SampleBank {
  return {
    branches: Object.values(BRANCHES),
    managers: Object.values(STAFF),
    *people() {
      const setting = settingOf(policy, today, seed);
      for (let n = 0; n < size; n++) yield recordsOf(setting, personOf(setting, n));
    },
  };
}

function recordsOf(setting: Setting, person: Person): SamplePerson {
  const { today, asOf } = setting;
  const standing = standingOf(setting, person);
  const holdings = holdingsOf(person, today);
  const surveys = surveysOf(setting, person);
  const cases = casesOf(setting, person, surveys);
  const archive = archiveOf(setting, person);
  const events = eventsOf(setting, person, { surveys, cases, archive });
  const entitlement = standing?.entitlement ?? null;
  const redemptions = redemptionsOf(setting, person, entitlement);
  const points = pointsOf(setting, person, events, entitlement);
  if (entitlement !== null) {
    const used = usedIn(redemptions, entitlement.period);
    for (const benefit of entitlement.benefits) benefit.used = used.get(benefit.benefit) ?? 0;
  }
  const assessment = standing?.assessment ?? null;
  const careEvents = careOf(setting, person, {
    assessment,
    holdings,
    surveys,
    cases,
    archive,
    events,
    expiring: points.expiring,
  });
  const records: Record<string, readonly object[]> = {
    assessments: assessment === null ? [] : [assessment],
    entitlements: entitlement === null ? [] : [entitlement],
    redemptions: [...redemptions, ...points.redemptions],
    points: points.entries,
    careEvents,
    surveys,
    cases,
    offers: offersOf(setting, person),
    archive,
  };
  return {
    customer: rowOf(person, addDays(today, -1)),
    holdings,
    metrics: { customer: person.id, asOf, metrics: person.metrics },
    events,
    documents: Object.entries(records).flatMap(([coll, docs]) =>
      docs.map((doc) => ({ coll, doc: doc as Doc })),
    ),
  };
}

function rowOf(person: Person, asOf: string): CustomerRow {
  return {
    customer: person.id,
    name: person.name,
    phone: person.phone,
    birthday: person.birthday,
    birthday_calendar: person.calendar,
    locale: person.locale,
    since: person.since,
    branch: person.branch.branch,
    client_manager: person.clientManager.manager,
    care_manager: person.careManager.manager,
    channel: person.channel,
    consents: [...person.consents],
    as_of: asOf,
  };
}
