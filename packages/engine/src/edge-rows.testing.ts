import { evaluationOrder } from './compile-core.js';
import type { GradingFiles } from './compile-core.js';
import { compilePolicy } from './compile-policy.js';
import type { Grader } from './compile-policy.js';
import { EdgeDraft } from './edge-draft.testing.js';
import type { EdgeRow } from './edge-draft.testing.js';
import { edgesOf } from './edges.testing.js';
import type { Value } from './registers.js';

export type { EdgeRow } from './edge-draft.testing.js';

const MOST = Number.MAX_SAFE_INTEGER;
const OLDEST = 120;
/** How often a row is drawn anew until it lands on the rung that it is for. */
const TRIES = 60;
const FAULTY = 0.04;
const LEFT_OUT = 0.05;

/**
 * Rows of metrics that are thick with edges, the same for the same seed. Each is made for a rung, by
 * turns plain and neutral, so that every rung is reached however rare; some rows are at fault.
 */
export class EdgeRows {
  readonly #files: GradingFiles;
  readonly #grader: Grader;
  readonly #edges: ReadonlyMap<string, readonly Value[]>;
  readonly #rungs: ReturnType<typeof evaluationOrder>;
  #state: number;

  constructor(files: GradingFiles, seed: number) {
    this.#files = files;
    this.#grader = compilePolicy(files);
    this.#edges = new Map(files.metrics.metrics.map((one) => [one.id, edgesOf(files, one)]));
    this.#rungs = evaluationOrder(files['tier-ladder']);
    this.#state = seed;
  }

  *take(count: number): Generator<EdgeRow> {
    for (let n = 0; n < count; n++) {
      const row = this.#rowFor(n);
      if (this.#chance(FAULTY)) this.#spoil(row);
      for (const name of Object.keys(row)) {
        if (row[name] === null && this.#chance(LEFT_OUT)) delete row[name];
      }
      yield row;
    }
  }

  #rowFor(n: number): EdgeRow {
    const place = n % this.#rungs.length;
    const { code } = this.#rungs[place]!;
    const isNeutral = Math.floor(n / this.#rungs.length) % 2 === 1;
    let row: EdgeRow = {};
    for (let tries = 0; tries < TRIES; tries++) {
      const draft = new EdgeDraft(this.#files, () => this.#random());
      draft.want(this.#rungs[place]!.criterion, true);
      for (const { criterion } of this.#rungs.slice(0, place)) draft.wantSimply(criterion, false);
      row = draft.row(this.#edges);
      try {
        const { rung } = this.#grader.decide(row, { variant: isNeutral ? 'neutral' : undefined });
        if (rung === code) break;
      } catch {
        // Contradicts itself: another one.
      }
    }
    return row;
  }

  /** One value, or two that contradict each other. */
  #spoil(row: EdgeRow): void {
    const { metrics } = this.#files.metrics;
    const ways = [
      ...[1, 2, 3].map((count) => () => {
        for (let n = 0; n < count; n++) {
          const { id, type, unit } = metrics[Math.floor(this.#random() * metrics.length)]!;
          const numbers = [-1, -(2 ** 62), MOST + 1, ...(unit === 'years' ? [OLDEST + 1] : [])];
          if (type === 'enum') row[id] = 'NONE';
          if (type === 'int') row[id] = numbers[Math.floor(this.#random() * numbers.length)]!;
        }
      }),
      () => Object.assign(row, { overdue_months_24m: 1, overdue_max_run_24m: 2 }),
      () => Object.assign(row, { card_spend_12m_fen: 1, card_limit_fen: 0 }),
      () => Object.assign(row, { deposit_avg_3m_fen: MOST, invest_avg_3m_fen: 1 }),
      () => Object.assign(row, { deposit_avg_3m_fen: 2, aum_avg_3m_fen: 1 }),
    ];
    ways[Math.floor(this.#random() * ways.length)]!();
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  /** mulberry32: from 0 to below 1. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
