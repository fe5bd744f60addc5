import type { Expression, Operator } from '@liyu/policy';
import type { GradingFiles } from './compile-core.js';
import type { Value } from './registers.js';

/** Metrics by name, among them at times a total of the core system. */
export type EdgeRow = Record<string, Value>;
type Comparison = Extract<Operator, 'ge' | 'gt' | 'le' | 'lt' | 'eq'>;
type Holds = (value: Value) => boolean;

const MOST = Number.MAX_SAFE_INTEGER;
const SUPPLIED_TOTAL = 0.2;
const UNKNOWN_TOTAL = 0.05;

const COMPARE: Record<Comparison, (a: Value, b: Value) => boolean> = {
  ge: (a, b) => a! >= b!,
  gt: (a, b) => a! > b!,
  le: (a, b) => a! <= b!,
  lt: (a, b) => a! < b!,
  eq: (a, b) => a === b,
};

/** What a row has to hold, gathered before its values are drawn. */
export class EdgeDraft {
  /** All of them hold. */
  readonly #must = new Map<string, Holds[]>();
  /** Holds where it can. */
  readonly #best = new Map<string, Holds>();

  constructor(
    private readonly files: GradingFiles,
    private readonly random: () => number,
  ) {}

  /** That an expression be TRUE, or that it not be. */
  want(expression: Expression, isTrue: boolean): void {
    if (typeof expression !== 'object') return;
    if ('var' in expression) return this.#wantName(expression.var, isTrue);
    const args = expression.args ?? [];
    if (expression.op === 'not') return this.want(args[0]!, !isTrue);
    if (expression.op === 'and' || expression.op === 'or') {
      const isAll = (expression.op === 'and') === isTrue;
      for (const arg of isAll ? args : [this.#oneOf(args)]) this.want(arg, isTrue);
      return;
    }
    const [left, right] = args;
    if (typeof left !== 'object' || !('var' in left) || typeof right === 'object') return;
    if (left.var === 'score') return this.#wantScore(isTrue);
    const compare = COMPARE[expression.op as Comparison];
    this.#require(left.var, (value) => (value !== null && compare(value, right!)) === isTrue);
  }

  /** The same, where it comes down to one value. */
  wantSimply(expression: Expression, isTrue: boolean): void {
    const args = typeof expression === 'object' && 'op' in expression ? expression.args : undefined;
    if (args?.some((arg) => typeof arg === 'object' && 'var' in arg) === true) {
      this.want(expression, isTrue);
    }
  }

  /** Draws values. */
  row(edges: ReadonlyMap<string, readonly Value[]>): EdgeRow {
    const row: EdgeRow = {};
    for (const { id, derived } of this.files.metrics.metrics) {
      if (derived === undefined) row[id] = this.#draw(id, edges.get(id)!);
    }
    this.#total(row, edges);
    this.#neighbours(row);
    const { overdue_months_24m: months, overdue_max_run_24m: run } = row;
    if (typeof run === 'number' && typeof months === 'number' && run > months) {
      row.overdue_max_run_24m = this.#draw('overdue_max_run_24m', [0, months, months, null]);
    }
    if (row.card_limit_fen === 0 && Number(row.card_spend_12m_fen) > 0) {
      row.card_limit_fen = this.#oneOf([null, 1]);
    }
    return row;
  }

  #draw(id: string, values: readonly Value[]): Value {
    const holds = this.#must.get(id) ?? [];
    const some = values.filter((value) => holds.every((one) => one(value)));
    const best = this.#best.get(id);
    const better = best === undefined ? [] : some.filter(best);
    return this.#oneOf(better.length > 0 ? better : some.length > 0 ? some : values);
  }

  /** Investments that bring the total to an edge of its own; at times, a total of the core system. */
  #total(row: EdgeRow, edges: ReadonlyMap<string, readonly Value[]>): void {
    const id = 'aum_avg_3m_fen';
    const holds = this.#must.get(id) ?? [];
    if (this.random() < UNKNOWN_TOTAL && this.#mayLack(['deposit_avg_3m_fen', id])) {
      row.deposit_avg_3m_fen = null;
      row.invest_avg_3m_fen = null;
      return;
    }
    const deposits = Number(row.deposit_avg_3m_fen ?? 0);
    const totals = edges.get(id)!.filter((edge) => typeof edge === 'number');
    const some = totals.filter((total) => total >= deposits && holds.every((one) => one(total)));
    const isFree = holds.length === 0 && this.random() < 0.7;
    if (some.length > 0 && !isFree) row.invest_avg_3m_fen = this.#oneOf(some) - deposits;
    if (this.random() < SUPPLIED_TOTAL) row[id] = this.#oneOf([deposits, deposits + 1, MOST, null]);
  }

  #mayLack(names: readonly string[]): boolean {
    return names.every((name) => (this.#must.get(name) ?? []).every((holds) => holds(null)));
  }

  /** A product compared with a name, as in derived values: right at, below or above it. */
  #neighbours(row: EdgeRow): void {
    for (const { expr } of this.files.scorecard.derived) {
      if (typeof expr !== 'object' || !('op' in expr) || this.random() < 0.3) continue;
      const [left, right] = expr.args ?? [];
      if (typeof left !== 'object' || !('op' in left) || left.op !== 'mul') continue;
      if (typeof right !== 'object' || !('var' in right)) continue;
      const factors = (left.args ?? []).map((arg) =>
        typeof arg === 'number' ? arg : this.#known(arg, row),
      );
      if (factors.includes(null)) continue;
      const product = factors.reduce<number>((all, factor) => all * factor!, 1);
      const near = product + this.#oneOf([-1, -1, 0, 1]);
      if (near >= 0 && near <= MOST) row[right.var] = near;
    }
  }

  #known(arg: Expression, row: EdgeRow): number | null {
    if (typeof arg !== 'object' || !('var' in arg)) return null;
    const value = row[arg.var] ?? null;
    if (typeof value === 'number') return value;
    const yearly = row.card_spend_12m_fen;
    const isMonthly = arg.var === 'card_spend_month_avg_fen' && typeof yearly === 'number';
    return isMonthly ? Math.floor(yearly / 12) : null;
  }

  #wantName(name: string, isTrue: boolean): void {
    const { derived, knockouts } = this.files.scorecard;
    const own = derived.find(({ id }) => id === name);
    if (own !== undefined) return this.want(own.expr, isTrue);
    if (name !== 'knockout') return this.#require(name, (value) => (value === true) === isTrue);
    if (isTrue) return this.want(this.#oneOf(knockouts).when, true);
    for (const { when } of knockouts) {
      this.want(when, false);
      // A criterion that refuses a knock-out refuses an UNKNOWN one too.
      for (const id of namesIn(when))
        this.#require(id, (value) => value !== null || this.#isMeant(id));
    }
  }

  #isMeant(id: string): boolean {
    return this.files.metrics.metrics.some((one) => one.id === id && one.nullMeans !== undefined);
  }

  /** Good bins for many factors, or for few. */
  #wantScore(isHigh: boolean): void {
    const share = isHigh ? 0.4 + 0.6 * this.random() : this.random();
    for (const { metric, bins, max } of this.files.scorecard.factors) {
      if (this.random() > share) continue;
      const derived = this.files.scorecard.derived.some(({ id }) => id === metric);
      if (derived) continue;
      const good = bins.filter(({ points }) => points === max);
      this.#best.set(metric, (value) =>
        good.some((bin) =>
          'eq' in bin
            ? value === bin.eq
            : typeof value === 'number' && value >= bin.lo && value < (bin.hi ?? Infinity),
        ),
      );
    }
  }

  #require(name: string, holds: Holds): void {
    const all = this.#must.get(name);
    if (all === undefined) this.#must.set(name, [holds]);
    else all.push(holds);
  }

  #oneOf<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)]!;
  }
}

function namesIn(expression: Expression): string[] {
  if (typeof expression !== 'object') return [];
  return 'var' in expression ? [expression.var] : (expression.args ?? []).flatMap(namesIn);
}
