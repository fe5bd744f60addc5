import { assessmentOf, checkMetrics, compilePolicy, entitlementOf } from '@liyu/engine';
import type { Grader } from '@liyu/engine';
import type { Assessment, Customer, Doc, Entitlement } from '@liyu/model';
import type { Policy } from '@liyu/policy';
import type { Database, Queryable } from '../db/database.js';
import { latestMetrics } from '../db/metrics-table.js';
import type { MetricsRow } from '../db/metrics-table.js';
import { customerScope } from '../sync/scope.js';
import { docOf, readCollectionOf } from '../sync/stored-doc.js';
import type { BodyRow } from '../sync/stored-doc.js';
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

  constructor(
    private readonly collections: Collections,
    private readonly policy: Policy,
    private readonly assessedOn: string,
    private readonly onRefused: (refused: RefusedMetrics) => void,
  ) {
    this.#grader = compilePolicy(policy.files);
  }

  /** Locks the customers before it reads what they hold: a redemption under way comes before or after. */
  async write(tx: Queryable, rows: readonly MetricsRow[]): Promise<Reassessed> {
    const ids = rows.map(({ customer }) => customer);
    await lockScopes(tx, ids.map(customerScope));
    const assessments = await newestAssessments(tx, ids, this.assessedOn);
    const records = await readCollectionOf(tx, ids, 'customers');
    const entitlements = await readCollectionOf(tx, ids, 'entitlements');
    const consents = await consentsOf(tx, ids);
    const done: Reassessed = { assessed: 0, standing: 0, refused: 0, written: 0 };
    const writes: BatchWrite[] = [];
    for (const row of rows) {
      const { customer } = row;
      const agreed = consents.get(customer) ?? null;
      if (agreed !== null && !agreed.has('TIERING')) {
        done.standing += 1;
        continue;
      }
      const outcome = this.#evaluate(row, agreed, assessments.get(customer), {
        record: records.get(customer)?.[0],
        used: usedIn(
          (entitlements.get(customer) ?? []) as unknown[] as Entitlement[],
          this.assessedOn,
        ),
      });
      if (outcome === null) {
        done.refused += 1;
        continue;
      }
      done.assessed += 1;
      writes.push(...outcome);
    }
    done.written = await writeBatch(tx, this.collections, writes);
    return done;
  }

  /** The records of one evaluation; null, and told, when the metrics can't be graded. */
  #evaluate(
    { customer, asOf, metrics }: MetricsRow,
    agreed: ReadonlySet<string> | null,
    before: Assessment | undefined,
    held: { record: Doc | undefined; used: ReadonlyMap<string, number> },
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
    const standing = {
      customer,
      assessedOn: this.assessedOn,
      asOf,
      held: grade.rung,
      since: before?.rung === grade.rung ? before.since : this.assessedOn,
      status: this.#statusOf(grade.rung, before),
      failStreak: 0,
    };
    const assessment = assessmentOf(this.policy, grade, standing);
    const entitlement = entitlementOf(this.policy, grade, standing, agreed ?? new Set(), held.used);
    const { class: tierClass, level, rung, label } = assessment;
    const tier: Customer['tier'] = { class: tierClass, level, rung, label };
    return [
      { coll: 'assessments', doc: assessment as unknown as Doc },
      { coll: 'entitlements', doc: entitlement as unknown as Doc },
      ...(held.record === undefined ? [] : [{ coll: 'customers', doc: { ...held.record, tier } }]),
    ];
  }

  #statusOf(rung: string, before: Assessment | undefined): Assessment['status'] {
    // The same evaluation again says what it said.
    if (before?.rung === rung)
      return before.assessedOn === this.assessedOn ? before.status : 'KEEP';
    if (before === undefined) return 'KEEP';
    return this.#rank(rung) > this.#rank(before.rung) ? 'UPGRADE' : 'DOWNGRADE';
  }

  #rank(code: string): number {
    return this.policy.files['tier-ladder'].rungs.find((rung) => rung.code === code)?.rank ?? 0;
  }
}

/** Uses in the period of a day, by benefit; those of a quota for life also count from periods before. */
function usedIn(entitlements: readonly Entitlement[], day: string): Map<string, number> {
  const period = day.slice(0, 4);
  const past = entitlements.filter((one) => one.period <= period);
  const newest = past.sort((a, b) => (a.period < b.period ? -1 : 1)).at(-1);
  const counted = (newest?.benefits ?? []).filter(
    ({ per }) => newest?.period === period || per === 'lifetime',
  );
  return new Map(counted.map(({ benefit, used }) => [benefit, used]));
}

/** The newest assessment of each customer up to a day; ids end with the day. */
async function newestAssessments(
  tx: Queryable,
  customers: readonly string[],
  until: string,
): Promise<Map<string, Assessment>> {
  const rows = await tx.query<BodyRow & { customer: string }>(
    `SELECT DISTINCT ON (d.customer) d.customer, d.id, d.body, d.rev
     FROM jsonb_array_elements_text($1::jsonb) AS k(customer)
     JOIN doc d ON d.customer = k.customer AND d.coll = 'assessments' AND NOT d.deleted
     WHERE d.body ->> 'assessedOn' <= $2
     ORDER BY d.customer, d.body ->> 'assessedOn' DESC`,
    [JSON.stringify(customers), until],
  );
  return new Map(rows.map((row) => [row.customer, docOf(row) as unknown as Assessment]));
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
