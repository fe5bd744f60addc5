import { pointsBalance } from '@liyu/model';
import type { Doc, Entitlement, PointsEntry } from '@liyu/model';
import type { Database } from '../../packages/server/src/db/database.js';
import type { VirtualClock } from './virtual-clock.js';

interface Entry {
  scope: string;
  coll: string;
  id: string;
  ver: number;
  epoch: number;
  body: Record<string, unknown>;
  rev: number;
}

/** Every state that each record of a customer was ever in, seen from inside the database. */
export class Witness {
  /** By `coll/id`, the oldest first. */
  readonly history = new Map<string, Doc[]>();
  readonly #versions = new Map<string, { epoch: number; ver: number }>();
  /** Manager of each customer, with the moment they came. */
  readonly managers: { customer: string; manager: string; from: number }[] = [];

  constructor(
    private readonly db: Database,
    private readonly clock: VirtualClock,
    private readonly breach: (what: string) => void,
  ) {}

  /** Looks at what was committed since. No two calls run at once: a transaction is one turn. */
  async look(): Promise<void> {
    const known = [...this.#versions].map(([scope, seen]) => ({ scope, ...seen }));
    const scopes = await this.clock.track(
      this.db.query<{ scope: string; epoch: number; ver: number }>(
        `SELECT scope, epoch, ver FROM scope`,
      ),
    );
    let isNew = false;
    for (const { scope, epoch, ver } of scopes) {
      const before = this.#versions.get(scope);
      if (before?.epoch === epoch && ver < before.ver) {
        this.breach(`version of ${scope} went back from ${before.ver} to ${ver}`);
      }
      this.#versions.set(scope, { epoch, ver });
      const isSame = before?.epoch === epoch && before.ver === ver;
      if (!isSame && scope.startsWith('c:')) isNew = true;
    }
    if (!isNew) return;
    const rows = await this.clock.track(
      this.db.query<Entry>(
        `SELECT e.scope, e.coll, e.id, e.ver, s.epoch, d.body, d.rev
         FROM entry e JOIN scope s ON s.scope = e.scope
         JOIN doc d ON d.customer = e.customer AND d.coll = e.coll AND d.id = e.id
         LEFT JOIN jsonb_to_recordset($1::jsonb) AS k(scope text, epoch bigint, ver bigint)
           ON k.scope = e.scope AND k.epoch = s.epoch
         WHERE e.scope LIKE 'c:%' AND e.ver > coalesce(k.ver, 0)
         ORDER BY e.scope, e.ver`,
        [JSON.stringify(known)],
      ),
    );
    for (const { coll, id, body, rev } of rows) {
      const key = `${coll}/${id}`;
      const states = this.history.get(key) ?? [];
      this.history.set(key, [...states, { ...body, id, rev }]);
      if (coll === 'customers') this.#moved(id, body);
      if (coll === 'entitlements') this.#checkQuota({ ...body, id, rev } as never);
    }
  }

  /** A backup was restored: versions begin where it had them. */
  restored(): void {
    this.#versions.clear();
  }

  /** Whether a customer was at the manager's desk at any time since `from`. */
  wasAt(manager: string, customer: string, from: number): boolean {
    const stays = this.managers.filter((stay) => stay.customer === customer);
    return stays.some(
      (stay, index) => stay.manager === manager && (stays[index + 1]?.from ?? Infinity) >= from,
    );
  }

  /** Whether no redemption was debited twice, and no customer's points are below zero. */
  async checkLedgers(day: string): Promise<void> {
    const docs = await this.clock.track(
      this.db.query<{ coll: string; customer: string; id: string; body: Record<string, unknown> }>(
        `SELECT coll, customer, id, body FROM doc
         WHERE coll IN ('points', 'redemptions', 'entitlements') AND NOT deleted ORDER BY id`,
      ),
    );
    const of = (coll: string, customer: string) =>
      docs
        .filter((doc) => doc.coll === coll && doc.customer === customer)
        .map(({ id, body }): Record<string, unknown> => ({ ...body, id }));
    for (const customer of new Set(docs.map((doc) => doc.customer))) {
      const ledger = of('points', customer) as unknown as PointsEntry[];
      const { balance } = pointsBalance(ledger, day);
      if (balance < 0) this.breach(`${customer} has ${balance} points`);
      const granted = of('redemptions', customer).filter(
        ({ state }) => state === 'confirmed' || state === 'used',
      );
      for (const { id, points, kind } of granted) {
        const spent = ledger.filter((entry) => entry.of === id);
        const sum = spent.reduce((total, entry) => total - entry.points, 0);
        if (kind === 'points' && (spent.length !== 1 || sum !== points)) {
          this.breach(`redemption ${String(id)} of ${String(points)} points took ${sum}`);
        }
      }
      for (const entitlement of of('entitlements', customer) as unknown as Entitlement[]) {
        for (const { benefit, quota, used } of entitlement.benefits) {
          const count = granted.filter((doc) => doc.benefit === benefit).length;
          if (quota !== null && used !== count) {
            this.breach(`${count} of ${benefit} are granted, ${used} counted`);
          }
        }
      }
    }
  }

  #checkQuota({ id, benefits }: Entitlement): void {
    for (const { benefit, quota, used } of benefits) {
      if (quota !== null && used > quota) this.breach(`${id}: ${used} of ${quota} ${benefit} used`);
    }
  }

  #moved(customer: string, body: Record<string, unknown>): void {
    const manager = (body.clientManager as { id: string } | null)?.id ?? '';
    const last = this.managers.findLast((stay) => stay.customer === customer);
    if (last?.manager === manager) return;
    this.managers.push({ customer, manager, from: this.clock.now });
  }
}
