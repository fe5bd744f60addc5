import {
  assessmentOf,
  checkMetrics,
  compileEntitlements,
  compilePolicy,
  entitlementOf,
} from '@liyu/engine';
import type { Entitle, Grader } from '@liyu/engine';
import type { Assessment, Customer, Doc, Entitlement } from '@liyu/model';
import type { Policy } from '@liyu/policy';
import type { Database, Queryable } from '../db/database.js';
import { latestMetrics } from '../db/metrics-table.js';
import type { MetricsRow } from '../db/metrics-table.js';
import { customerScope } from '../sync/scope.js';
import { readCollectionOf } from '../sync/stored-doc.js';
import { writeBatch } from '../sync/write-docs.js';
import type { BatchWrite, Collections } from '../sync/write-docs.js';
import { lockScopes } from '../sync/write-records.js';

/** Customers who are graded and written in one transaction. */
const PAGE = 1_000;

/** Metrics that can't be graded; `field` is null when it's not about one. */
export interface RefusedMetrics {
  customer: string;
  field: string | null;
  message: string;
}

export interface Reassessed {
  /** Customers who were graded. */
  assessed: number;
  /** Customers whose rung stands, since they took back their consent to automatic assessment. */
  standing: number;
  /** Customers whose metrics can't be graded. */
  refused: number;
  /** Records that changed. */
  written: number;
}

/** First of the month of an ISO date, and the day before it. */
export function monthOf(date: string): { assessedOn: string; asOf: string } {
  const assessedOn = `${date.slice(0, 7)}-01`;
  const before = new Date(Date.parse(assessedOn) - 86_400_000);
  return { assessedOn, asOf: before.toISOString().slice(0, 10) };
}

/**
 * The monthly evaluation of the whole book: grades every customer's latest metrics of the months before
 * `date` and writes assessments, entitlements and the tier of the customer's record, a page of
 * customers in a transaction. It may be run again: what didn't change writes nothing.
 */
export async function reassess(
  db: Database,
  collections: Collections,
  policy: Policy,
  date: string,
  onRefused: (refused: RefusedMetrics) => void = () => undefined,
): Promise<Reassessed> {
  const sum: Reassessed = { assessed: 0, standing: 0, refused: 0, written: 0 };
  const page = new Page(collections, policy, monthOf(date).assessedOn, onRefused);
  let rows: MetricsRow[] = [];
  const flush = async () => {
    const done = await db.transaction((tx) => page.write(tx, rows));
    for (const key of Object.keys(sum) as (keyof Reassessed)[]) sum[key] += done[key];
    rows = [];
  };
  for await (const row of latestMetrics(db, policy.files.metrics, monthOf(date).asOf)) {
    if (rows.push(row) === PAGE) await flush();
  }
  if (rows.length > 0) await flush();
  return sum;
}

class Page {
  readonly #grader: Grader;
  readonly #entitle: Entitle;

  constructor(
    private readonly collections: Collections,
    private readonly policy: Policy,
    private readonly assessedOn: string,
    private readonly onRefused: (refused: RefusedMetrics) => void,
  ) {
    this.#grader = compilePolicy(policy.files);
    this.#entitle = compileEntitlements(policy.files);
  }

  /** Locks the customers before it reads what they hold: a redemption under way comes before or after. */
  async write(tx: Queryable, rows: readonly MetricsRow[]): Promise<Reassessed> {
    const ids = rows.map(({ customer }) => customer);
    await lockScopes(tx, ids.map(customerScope));
    const assessments = await assessmentsOf(tx, ids);
    const records = await readCollectionOf(tx, ids, 'customers');
    const entitlements = await readCollectionOf(tx, ids, 'entitlements');
    const consents = await consentsOf(tx, ids);
    const done: Reassessed = { assessed: 0, standing: 0, refused: 0, written: 0 };
    const writes: BatchWrite[] = [];
    for (const row of rows) {
      const { customer } = row;
      const agreed = consents.get(customer) ?? null;
      const held: Held = {
        record: records.get(customer)?.[0],
        entitlements: (entitlements.get(customer) ?? []) as unknown[] as Entitlement[],
        assessments: assessments.get(customer) ?? [],
      };
      if (agreed !== null && !agreed.has('TIERING')) {
        done.standing += 1;
        writes.push(...carriedOver(held.entitlements, this.assessedOn));
        continue;
      }
      const outcome = this.#evaluate(row, agreed, held);
      if (outcome === null) done.refused += 1;
      else done.assessed += 1;
      writes.push(...(outcome ?? carriedOver(held.entitlements, this.assessedOn)));
    }
    done.written = await writeBatch(tx, this.collections, writes);
    return done;
  }

  /** The records of one evaluation; null, and told, when the metrics can't be graded. */
  #evaluate(
    { customer, asOf, metrics }: MetricsRow,
    agreed: ReadonlySet<string> | null,
    held: Held,
  ): BatchWrite[] | null {
    const refuse = (field: string | null, message: string) => {
      this.onRefused({ customer, field, message });
      return null;
    };
    const fault = checkMetrics(this.policy.files.metrics, metrics)[0];
    if (fault !== undefined) return refuse(fault.field, fault.message);
    const isNeutral = agreed !== null && !agreed.has('PROFILE_OCCUPATION');
    let grade;
    try {
      grade = this.#grader.grade(metrics, { variant: isNeutral ? 'neutral' : undefined });
    } catch (error) {
      // A policy whose bins leave out a value costs that customer alone.
      return refuse(null, (error as Error).message);
    }
    const before = held.assessments.filter(({ day }) => day <= this.assessedOn).at(-1);
    const standing = {
      customer,
      assessedOn: this.assessedOn,
      asOf,
      held: grade.rung,
      since: before?.rung === grade.rung ? before.since : this.assessedOn,
      status: this.#statusOf(grade.rung, before),
      failStreak: 0,
    };
    const used = usedIn(held.entitlements, this.assessedOn);
    const assessment = assessmentOf(this.policy, grade, standing);
    const entitlement = entitlementOf(
      this.policy,
      this.#entitle,
      grade,
      standing,
      agreed ?? new Set(),
      used,
    );
    const { class: tierClass, level, rung, label } = assessment;
    const tier: Customer['tier'] = { class: tierClass, level, rung, label };
    // An evaluation made up for leaves alone what a later one decided.
    const isNewest = held.assessments.every(({ day }) => day <= this.assessedOn);
    const isCurrent = held.entitlements.every(
      ({ period, asOf: day }) => period !== entitlement.period || day <= entitlement.asOf,
    );
    const writes: BatchWrite[] = [{ coll: 'assessments', doc: assessment as unknown as Doc }];
    if (isCurrent) writes.push({ coll: 'entitlements', doc: entitlement as unknown as Doc });
    if (isNewest && held.record !== undefined) {
      writes.push({ coll: 'customers', doc: { ...held.record, tier } });
    }
    return writes;
  }

  #statusOf(rung: string, before: PastAssessment | undefined): Assessment['status'] {
    // The same evaluation again says what it said.
    if (before?.rung === rung) return before.day === this.assessedOn ? before.status : 'KEEP';
    if (before === undefined) return 'KEEP';
    return this.#rank(rung) > this.#rank(before.rung) ? 'UPGRADE' : 'DOWNGRADE';
  }

  #rank(code: string): number {
    return this.policy.files['tier-ladder'].rungs.find((rung) => rung.code === code)?.rank ?? 0;
  }
}

/** Uses in the period of a day, by benefit; those of a quota for life are those of any period. */
function usedIn(entitlements: readonly Entitlement[], day: string): Map<string, number> {
  const period = day.slice(0, 4);
  const used = new Map<string, number>();
  for (const one of entitlements) {
    for (const { benefit, per, used: count } of one.benefits) {
      if (one.period !== period && per !== 'lifetime') continue;
      used.set(benefit, Math.max(used.get(benefit) ?? 0, count));
    }
  }
  return used;
}

/**
 * The benefits of a customer whom nobody evaluates: in a new period they are those of the one before,
 * counted anew, since the rung stands. None when the period has its own already.
 */
function carriedOver(entitlements: readonly Entitlement[], day: string): BatchWrite[] {
  const period = day.slice(0, 4);
  const before = entitlements.filter((one) => one.period < period);
  const newest = before.sort((a, b) => (a.period < b.period ? -1 : 1)).at(-1);
  if (newest === undefined || entitlements.some((one) => one.period >= period)) return [];
  const used = usedIn(entitlements, day);
  const doc: Entitlement = {
    ...newest,
    id: `${newest.customer}:${period}`,
    period,
    endsOn: `${period}-12-31`,
    benefits: newest.benefits.map((item) => ({ ...item, used: used.get(item.benefit) ?? 0 })),
  };
  return [{ coll: 'entitlements', doc: doc as unknown as Doc }];
}

/** What customers hold before an evaluation. */
interface Held {
  record: Doc | undefined;
  entitlements: readonly Entitlement[];
  /** Oldest first. */
  assessments: readonly PastAssessment[];
}

/** What an evaluation needs to know of those before it. */
interface PastAssessment {
  day: string;
  rung: string;
  since: string;
  status: Assessment['status'];
}

/** The assessments of each customer, the oldest first. */
async function assessmentsOf(
  tx: Queryable,
  customers: readonly string[],
): Promise<Map<string, PastAssessment[]>> {
  const rows = await tx.query<PastAssessment & { customer: string }>(
    `SELECT d.customer, d.body ->> 'assessedOn' AS day, d.body ->> 'rung' AS rung,
       d.body ->> 'since' AS since, d.body ->> 'status' AS status
     FROM jsonb_array_elements_text($1::jsonb) AS k(customer)
     JOIN doc d ON d.customer = k.customer AND d.coll = 'assessments' AND NOT d.deleted
     ORDER BY d.customer, day`,
    [JSON.stringify(customers)],
  );
  const found = new Map<string, PastAssessment[]>();
  for (const { customer, ...past } of rows) {
    const own = found.get(customer);
    if (own === undefined) found.set(customer, [past]);
    else own.push(past);
  }
  return found;
}

/** What customers agreed to; null where the bank doesn't say. */
async function consentsOf(
  tx: Queryable,
  customers: readonly string[],
): Promise<Map<string, ReadonlySet<string> | null>> {
  const rows = await tx.query<{ customer: string; consents: string[] | null }>(
    `SELECT c.customer, c.consents FROM jsonb_array_elements_text($1::jsonb) AS k(customer)
     JOIN customers c ON c.customer = k.customer`,
    [JSON.stringify(customers)],
  );
  return new Map(
    rows.map(({ customer, consents }) => [customer, consents === null ? null : new Set(consents)]),
  );
}
