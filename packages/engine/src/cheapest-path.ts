import { variablesOf } from '@liyu/policy';
import type { GradingFiles } from './compile-core.js';
import { judgeKnockouts, neutralScoreOf, rungOf } from './compile-core.js';
import type { Core, Rung } from './compile-core.js';
import type { GradeOptions, Grader } from './compile-policy.js';
import { closedBecause } from './closed-because.js';
import { costOf, edgesOf, otherAddend, totalsOf, whyStuck } from './levers.js';
import type { Lever } from './levers.js';
import { rungByCode } from './next-rung.js';
import { compileTotals } from './read-metrics.js';
import type { MetricsRow } from './read-metrics.js';
import type { Registers } from './registers.js';

/** The least that has to change until a rung is reached. */
export interface OpenPath {
  /** Rung of the metrics as they are. */
  from: string;
  target: string;
  /** In the units of tier-ladder.levers; 0 when the rung is reached already. */
  cost: number;
  /** New value by metric, in the order of the levers. */
  moves: Record<string, number>;
  /** Rung after the moves: the target or one above. */
  rung: string;
  /** Score after the moves, of the variant that decides. */
  score: number;
  /** Days until the slowest of the moves counts. */
  leadDays: number;
}

/** A rung that no move of the levers reaches. */
export interface ClosedPath {
  closed: true;
  /** See `closedBecause`. */
  because: string[];
  /** Highest rung that can be reached, or is held already. */
  nearest: string;
}

export type Path = OpenPath | ClosedPath;

export interface PathOptions extends GradeOptions {
  /** Metrics whose lever is not proposed, such as investments without a valid risk assessment. */
  leftOut?: readonly string[] | undefined;
}

/** A choice of new values; the order of `better` makes one of two the cheaper path. */
interface Choice {
  cost: number;
  /** Positions of the moved levers, ascending, with their new values. */
  moves: readonly { position: number; value: number }[];
}

const STAY: Choice = { cost: 0, moves: [] };

/**
 * The cheapest path to a rung (tier-ladder `pathRule`), exact: every choice of candidates is weighed, but
 * those of levers that only earn points of their own are weighed once per sum of points. Throws a
 * MetricsError for bad metrics, a RangeError for what is no rung.
 */
export function cheapestPath(
  grader: Pick<Grader, 'core' | 'grade'>,
  files: GradingFiles,
  metrics: MetricsRow,
  target: string,
  { variant, leftOut = [] }: PathOptions = {},
): Path {
  const { core } = grader;
  const goal = rungByCode(files, target);
  core.read(metrics);
  const registers = core.registers.slice();
  const search = new Search(core, files, registers, variant === 'neutral', {
    monthlySupplied: metrics.card_spend_month_avg_fen != null,
    leftOut,
  });
  const from = search.present();
  if (from.rung.rank >= goal.rank) return search.told(STAY, from.rung.code, target);
  const found = search.run(goal);
  if (found !== null) return search.told(found, from.rung.code, target);
  return {
    closed: true,
    because: closedBecause(files, grader, metrics, target, { variant, leftOut }),
    nearest: search.highest.code,
  };
}

class Search {
  /** Highest rung met. */
  highest: Rung;
  readonly #levers: readonly Lever[];
  readonly #slots: readonly number[];
  readonly #start: Registers;
  readonly #settle: (registers: Registers) => void;
  readonly #monthly: number;
  /** The factors that count in the variant. */
  readonly #factors: Core['factors'];

  constructor(
    private readonly core: Core,
    private readonly files: GradingFiles,
    private readonly registers: Registers,
    private readonly isNeutral: boolean,
    private readonly options: { monthlySupplied: boolean; leftOut: readonly string[] },
  ) {
    this.#levers = files['tier-ladder'].levers;
    this.#slots = this.#levers.map(({ metric }) => core.file.of(metric).slot);
    this.#factors = isNeutral ? core.factors.filter(({ isKept }) => isKept) : core.factors;
    this.#start = registers.slice();
    this.#settle = compileTotals(core.file);
    this.#monthly = core.file.of('card_spend_month_avg_fen').slot;
    this.highest = this.present().rung;
  }

  /** Rung and score of the metrics as they are. */
  present() {
    const points = this.#apply(STAY);
    return { rung: this.#rungAt(points), score: this.#scoreAt(points) };
  }

  told(choice: Choice, from: string, target: string): OpenPath {
    const points = this.#apply(choice);
    const levers = choice.moves.map(({ position }) => this.#levers[position]!);
    return {
      from,
      target,
      cost: choice.cost,
      moves: Object.fromEntries(
        choice.moves.map(({ position, value }) => [this.#levers[position]!.metric, value]),
      ),
      rung: this.#rungAt(points).code,
      score: this.#scoreAt(points),
      leadDays: Math.max(0, ...levers.map(({ leadDays }) => leadDays)),
    };
  }

  run(goal: Rung): Choice | null {
    const movable = this.#levers
      .map((lever, position) => ({ lever, position }))
      .filter(({ lever }) => {
        return whyStuck(lever, this.core, this.#start, this.options.leftOut) === null;
      });
    const reading = namesReadBeside(this.files);
    const additive = movable.filter(({ lever }) => !reading.has(lever.metric));
    const others = movable.filter(({ lever }) => reading.has(lever.metric));
    const tails = this.#tails(additive.map(({ position }) => position));
    let best: Choice | null = null;
    for (const head of this.#heads(others.map(({ position }) => position))) {
      if (best !== null && head.cost > best.cost) continue;
      const points = this.#apply(head);
      for (const { gain, choice } of tails) {
        if (best !== null && head.cost + choice.cost > best.cost) break;
        const rung = this.#rungAt(points + gain);
        if (rung.rank > this.highest.rank) this.highest = rung;
        if (rung.rank < goal.rank) continue;
        const whole = join(head, choice);
        if (best === null || isBetter(whole, best)) best = whole;
      }
    }
    return best;
  }

  /** The best choice of levers that only earn points, for each sum of points; the cheapest first. */
  #tails(positions: readonly number[]): { gain: number; choice: Choice }[] {
    let best = new Map<number, Choice>([[0, STAY]]);
    for (const position of positions) {
      const next = new Map(best);
      const before = this.#pointsOf(position, this.#start[this.#slots[position]!]!);
      for (const move of this.#candidates(position, this.#start)) {
        const more = this.#pointsOf(position, move.value) - before;
        for (const [gain, choice] of best) {
          const whole = join(choice, this.#single(move));
          const known = next.get(gain + more);
          if (known === undefined || isBetter(whole, known)) next.set(gain + more, whole);
        }
      }
      best = next;
    }
    return [...best]
      .map(([gain, choice]) => ({ gain, choice }))
      .sort((a, b) => a.choice.cost - b.choice.cost);
  }

  /** Every choice of the other levers. */
  #heads(positions: readonly number[]): Choice[] {
    let choices: Choice[] = [STAY];
    for (const position of positions) {
      const singles = this.#candidates(position, this.#start).map((move) => this.#single(move));
      choices = choices.flatMap((choice) => [
        choice,
        ...singles.map((single) => join(choice, single)),
      ]);
    }
    return this.#withTotals(choices, positions).sort((a, b) => a.cost - b.cost);
  }

  /** Adds the choices that end at a total: what one addend lacks once the other has moved, or stays. */
  #withTotals(choices: readonly Choice[], positions: readonly number[]): Choice[] {
    const all = [...choices];
    const totals = totalsOf(this.files);
    for (const position of positions) {
      const lever = this.#levers[position]!;
      const other = otherAddend(lever.metric);
      if (other === null) continue;
      const otherSlot = this.core.file.of(other).slot;
      const present = this.#start[this.#slots[position]!]!;
      for (const choice of choices) {
        if (choice.moves.some((move) => move.position === position)) continue;
        const moved = choice.moves.find((move) => this.#levers[move.position]!.metric === other);
        const beside = moved?.value ?? (this.#start[otherSlot]! || 0);
        for (const total of totals) {
          const value = total - beside;
          if (value <= present || value > lever.max) continue;
          all.push(join(choice, this.#single({ position, value })));
        }
      }
    }
    return all;
  }

  #candidates(position: number, registers: Registers): { position: number; value: number }[] {
    const { metric, max } = this.#levers[position]!;
    const present = registers[this.#slots[position]!]!;
    return edgesOf(this.files, this.core, metric, registers, this.options)
      .filter((value) => value > present && value <= max)
      .map((value) => ({ position, value }));
  }

  #single({ position, value }: { position: number; value: number }): Choice {
    const present = this.#start[this.#slots[position]!]!;
    return {
      cost: costOf(this.#levers[position]!, present, value),
      moves: [{ position, value }],
    };
  }

  /** Points of the factors that stand on a lever's metric alone. */
  #pointsOf(position: number, value: number): number {
    const slot = this.#slots[position]!;
    const { registers } = this;
    const present = registers[slot]!;
    registers[slot] = value;
    let points = 0;
    for (const factor of this.#factors) {
      if (factor.slot === slot) points += factor.points[factor.binOf(registers) + 1]!;
    }
    registers[slot] = present;
    return points;
  }

  /** Sets the registers to the moved metrics. Returns the points of the factors that count. */
  #apply({ moves }: Choice): number {
    const { core, registers } = this;
    registers.set(this.#start);
    for (const { position, value } of moves) registers[this.#slots[position]!] = value;
    if (!this.options.monthlySupplied) registers[this.#monthly] = NaN;
    this.#settle(registers);
    core.derive(registers);
    judgeKnockouts(core, registers);
    let points = 0;
    for (const factor of this.#factors) points += factor.points[factor.binOf(registers) + 1]!;
    return points;
  }

  #scoreAt(points: number): number {
    return this.isNeutral ? neutralScoreOf(points, this.core.keptMax) : points;
  }

  #rungAt(points: number): Rung {
    this.registers[this.core.slots.score] = this.#scoreAt(points);
    return rungOf(this.core, this.registers, this.isNeutral);
  }
}

/** Metrics that something other than a factor's own bins reads; the totals read their addends. */
function namesReadBeside({ scorecard, 'tier-ladder': ladder }: GradingFiles): Set<string> {
  const expressions = [
    ...scorecard.derived.map(({ expr }) => expr),
    ...scorecard.knockouts.map(({ when }) => when),
    ...scorecard.factors.flatMap(({ treatAsMissingWhen: when }) => (when ? [when] : [])),
    ...ladder.rungs.map(({ criterion }) => criterion),
  ];
  return new Set([
    ...expressions.flatMap(variablesOf),
    'deposit_avg_3m_fen',
    'invest_avg_3m_fen',
    'card_spend_12m_fen',
  ]);
}

function join(one: Choice, other: Choice): Choice {
  return {
    cost: one.cost + other.cost,
    moves: [...one.moves, ...other.moves].sort((a, b) => a.position - b.position),
  };
}

/** The order of `pathRule`: cost, fewer levers, earlier levers, smaller values. */
function isBetter(one: Choice, other: Choice): boolean {
  if (one.cost !== other.cost) return one.cost < other.cost;
  if (one.moves.length !== other.moves.length) return one.moves.length < other.moves.length;
  for (const by of ['position', 'value'] as const) {
    for (const [i, move] of one.moves.entries()) {
      const difference = move[by] - other.moves[i]![by];
      if (difference !== 0) return difference < 0;
    }
  }
  return false;
}
