import {
  assessmentOf,
  compileEntitlements,
  entitlementOf,
  isStale,
  noticeOf,
  reevaluate,
} from '@liyu/engine';
import type { Entitle } from '@liyu/engine';
import { seal } from '@liyu/engine/node';
import type { Assessment, Customer, Doc, Entitlement } from '@liyu/model';
import type { Policy } from '@liyu/policy';
import type { Database, Queryable } from '../db/database.js';
import type { MetricsRow } from '../db/metrics-table.js';
import { customerScope } from '../sync/scope.js';
import { readCollectionOf } from '../sync/stored-doc.js';
import { writeBatch } from '../sync/write-docs.js';
import type { BatchWrite, Collections } from '../sync/write-docs.js';
import { lockScopes } from '../sync/write-records.js';
import { carriedOver, usedIn } from './carried-over.js';
import { recordPolicy } from './policy-in-force.js';
import { NEUTRAL_BY_CONSENT, SqlGrader } from './sql-grader.js';
import type { Graded } from './sql-grader.js';

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
  /** Customers whose metrics are too old (DQ4): the last evaluation stands. */
  stale: number;
  /** Customers who have a later evaluation already. */
  later: number;
  /** Customers whose metrics can't be graded. */
  refused: number;
  /** Records that changed. */
  written: number;
}

function nothingDone(): Reassessed {
  return { assessed: 0, standing: 0, stale: 0, later: 0, refused: 0, written: 0 };
}

/** A part of the book that no other shard of as many has: number 1 to `of`. */
export interface Shard {
  number: number;
  of: number;
}

const WHOLE_BOOK: Shard = { number: 1, of: 1 };

/** First of the month of an ISO date, and the day before it. */
export function monthOf(date: string): { assessedOn: string; asOf: string } {
  const assessedOn = `${date.slice(0, 7)}-01`;
  const before = new Date(Date.parse(assessedOn) - 86_400_000);
  return { assessedOn, asOf: before.toISOString().slice(0, 10) };
}

/**
 * The monthly evaluation of the whole book: grades every customer's latest metrics of the months before
 * `date`, moves the held rung (tier-ladder.reevaluation) and writes assessments, entitlements, the tier of
 * the customer's record and a notice of what moved, a page of customers in a transaction. It may be run
 * again: what didn't change writes nothing. Shards may run at the same time, also on several machines.
 */
export async function reassess(
  db: Database,
  collections: Collections,
  policy: Policy,
  date: string,
  onRefused: (refused: RefusedMetrics) => void = () => undefined,
  shard: Shard = WHOLE_BOOK,
): Promise<Reassessed> {
  // For who asks later by which rules an assessment was made.
  await recordPolicy(db, policy);
  const sum = nothingDone();
  const page = new Page(collections, policy, monthOf(date).assessedOn, onRefused);
  const { asOf } = monthOf(date);
  for (let after = ''; ;) {
    const customers = await measured(db, after, asOf, shard);
    if (customers.length === 0) return sum;
    const done = await db.transaction((tx) => page.write(tx, customers, asOf));
    for (const key of Object.keys(sum) as (keyof Reassessed)[]) sum[key] += done[key];
    after = customers.at(-1)!;
  }
}

/** The next customers of a shard with metrics of days up to one. */
async function measured(
  db: Queryable,
  after: string,
  until: string,
  { number, of }: Shard,
): Promise<string[]> {
  const rows = await db.query<{ customer: string }>(
    `SELECT DISTINCT customer FROM metrics WHERE customer > $1 AND as_of <= $2::date
       AND ('x' || substr(md5(customer), 1, 8))::bit(32)::bigint % $3 = $4
     ORDER BY customer LIMIT ${PAGE}`,
    [after, until, of, number - 1],
  );
  return rows.map(({ customer }) => customer);
}

class Page {
  readonly #grader: SqlGrader;
  readonly #entitle: Entitle;

  constructor(
    private readonly collections: Collections,
    private readonly policy: Policy,
    private readonly assessedOn: string,
    private readonly onRefused: (refused: RefusedMetrics) => void,
  ) {
    this.#grader = new SqlGrader(policy.files, { neutral: NEUTRAL_BY_CONSENT });
    this.#entitle = compileEntitlements(policy.files);
  }

  /** Locks the customers before it reads what they hold: a redemption under way comes before or after. */
  async write(tx: Queryable, ids: readonly string[], until: string): Promise<Reassessed> {
    await lockScopes(tx, ids.map(customerScope));
    const assessments = await newestAssessments(tx, ids);
    const records = await readCollectionOf(tx, ids, 'customers');
    const entitlements = await readCollectionOf(tx, ids, 'entitlements');
    const consents = await consentsOf(tx, ids);
    const rows = await this.#grader.of(tx, ids, until);
    const done = nothingDone();
    const writes: BatchWrite[] = [];
    for (const row of rows) {
      const { customer } = row;
      const held: Held = {
        record: records.get(customer)?.[0],
        entitlements: (entitlements.get(customer) ?? []) as unknown[] as Entitlement[],
        assessments: assessments.get(customer) ?? [],
      };
      const outcome = this.#evaluate(row, consents.get(customer) ?? null, held);
      if (typeof outcome === 'string') {
        done[outcome] += 1;
        writes.push(...carriedOver(held.entitlements, this.assessedOn));
      } else {
        done.assessed += 1;
        writes.push(...outcome);
      }
    }
    done.written = await writeBatch(tx, this.collections, writes);
    return done;
  }

  /** The records of one evaluation, or why none is issued and the last one stands. */
  #evaluate(
    row: MetricsRow & Graded,
    agreed: ReadonlySet<string> | null,
    held: Held,
  ): BatchWrite[] | 'standing' | 'later' | 'stale' | 'refused' {
    const { policy, assessedOn } = this;
    const { customer, asOf } = row;
    if (agreed !== null && !agreed.has('TIERING')) return 'standing';
    // What was decided since rests on what was known then: no evaluation is put in before it.
    if (held.assessments.some((one) => one.assessedOn > assessedOn)) return 'later';
    if (isStale(asOf, assessedOn)) return 'stale';
    if ('faults' in row) {
      const { field, message } = row.faults[0]!;
      this.onRefused({ customer, field, message });
      return 'refused';
    }
    const { grade } = row;
    const isNeutral = agreed !== null && !agreed.has('PROFILE_OCCUPATION');
    const variant = isNeutral ? ('neutral' as const) : null;
    const before = held.assessments.find((one) => one.assessedOn < assessedOn) ?? null;
    const state = before === null ? null : { held: before.rung, failStreak: before.failStreak };
    const moved = reevaluate(policy.files, state, {
      qualified: grade.rung,
      knockout: grade.knockout,
    });
    const standing = {
      ...{ customer, assessedOn, asOf, variant },
      held: moved.held,
      since: before?.rung === moved.held ? before.since : assessedOn,
      status: moved.event,
      failStreak: moved.failStreak,
      previous: before?.rung ?? null,
    };
    const assessment = seal(assessmentOf(policy, grade, standing), before);
    const used = usedIn(held.entitlements, assessedOn);
    const consents = agreed ?? new Set<string>();
    const entitlement = entitlementOf(policy, this.#entitle, grade, standing, consents, used);
    const { class: tierClass, level, rung, label } = assessment;
    const tier: Customer['tier'] = { class: tierClass, level, rung, label };
    const notice = noticeOf(policy, assessment);
    const writes: [coll: string, doc: object][] = [
      ['assessments', assessment],
      ['entitlements', entitlement],
    ];
    if (held.record !== undefined) writes.push(['customers', { ...held.record, tier }]);
    if (notice !== null) writes.push(['careEvents', notice]);
    return writes.map(([coll, doc]) => ({ coll, doc: doc as Doc }));
  }
}

/** What customers hold before an evaluation. */
interface Held {
  record: Doc | undefined;
  entitlements: readonly Entitlement[];
  /** The two newest, the newest first: this month's, where it is run again, and the one before. */
  assessments: readonly Assessment[];
}

async function newestAssessments(
  tx: Queryable,
  customers: readonly string[],
): Promise<Map<string, Assessment[]>> {
  const rows = await tx.query<{ customer: string; id: string; rev: number; body: object }>(
    `SELECT k.customer, d.id, d.rev, d.body
     FROM jsonb_array_elements_text($1::jsonb) AS k(customer),
       LATERAL (SELECT id, rev, body FROM doc
         WHERE doc.customer = k.customer AND coll = 'assessments' AND NOT deleted
         ORDER BY id DESC LIMIT 2) d
     ORDER BY k.customer, d.id DESC`,
    [JSON.stringify(customers)],
  );
  const found = new Map<string, Assessment[]>();
  for (const { customer, id, rev, body } of rows) {
    const own = found.get(customer) ?? [];
    own.push({ id, rev, ...body } as Assessment);
    found.set(customer, own);
  }
  return found;
}

/** What customers agreed to, null where the bank doesn't say; it stays so until the transaction ends. */
async function consentsOf(
  tx: Queryable,
  customers: readonly string[],
): Promise<Map<string, ReadonlySet<string> | null>> {
  const rows = await tx.query<{ customer: string; consents: string[] | null }>(
    `SELECT c.customer, c.consents FROM jsonb_array_elements_text($1::jsonb) AS k(customer)
     JOIN customers c ON c.customer = k.customer
     ORDER BY c.customer FOR SHARE OF c`,
    [JSON.stringify(customers)],
  );
  return new Map(
    rows.map(({ customer, consents }) => [customer, consents === null ? null : new Set(consents)]),
  );
}
