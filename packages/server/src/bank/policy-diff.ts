import { compileEntitlements, compilePolicy } from '@liyu/engine';
import type { Entitle, Grade, Grader } from '@liyu/engine';
import type { Locale } from '@liyu/model';
import type { Policy } from '@liyu/policy';
import { bandsOf } from './customer-groups.js';
import type { Banding, GroupId } from './customer-groups.js';
import { Parity } from './parity.js';
import type { ParityGroup } from './parity.js';

export type Label = Record<Locale, string>;
type Values = Readonly<Record<string, number | boolean | string | null>>;

/** A customer as the bank has them. */
export interface BookCustomer {
  customer: string;
  /** Latest metrics; names that a policy doesn't know are left aside. */
  metrics: Values;
  branch: string | null;
  /** Purposes that the customer agreed to; null when the bank doesn't say. */
  consents: readonly string[] | null;
}

export interface Moves extends GroupId {
  up: number;
  down: number;
  same: number;
}

/** What changes for a whole book when one policy replaces another. Counts are customers. */
export interface PolicyDifference {
  before: { version: string; hash: string };
  after: { version: string; hash: string };
  customers: {
    graded: number;
    /** Without consent to automatic assessment (TIERING): their rung stands. */
    leftOut: number;
    /** Whose metrics can't be graded by the rules before, and by those after. */
    refusedBefore: number;
    refusedAfter: number;
  };
  /** From which rung to which; the highest first. */
  matrix: { from: string; to: string; customers: number }[];
  moves: { branch: Moves[]; ageBand: Moves[]; yearsWithBank: Moves[] };
  /** Benefits that somebody gains or loses; a suspended one counts as granted, a locked one doesn't. */
  benefits: { benefit: string; label: Label; gained: number; lost: number }[];
  /** Who would fall in rank or lose a benefit. */
  notices: { customer: string; from: string; to: string; benefitsLost: string[] }[];
  /** By the rules after. */
  parity: { ageBand: ParityGroup[]; familyStatus: ParityGroup[] };
}

/**
 * Adds up, customer by customer, what changes when `after` replaces `before`. Rungs are those that the
 * metrics qualify for, not those held: no month of watch is counted. Keeps sums and the notices.
 */
export class PolicyDiff {
  readonly #before: Side;
  readonly #after: Side;
  readonly #customers = { graded: 0, leftOut: 0, refusedBefore: 0, refusedAfter: 0 };
  readonly #matrix = new Map<string, { from: string; to: string; customers: number }>();
  readonly #moves: Record<'branch' | 'ageBand' | 'yearsWithBank', MovesBy>;
  readonly #benefits = new Map<string, { gained: number; lost: number }>();
  readonly #notices: PolicyDifference['notices'] = [];
  readonly #parity: { ageBand: Parity; familyStatus: Parity };

  /** `branches` names the branches. */
  constructor(before: Policy, after: Policy, branches: ReadonlyMap<string, Label> = new Map()) {
    this.#before = new Side(before);
    this.#after = new Side(after);
    const bands = bandsOf(after.files, branches);
    this.#moves = {
      branch: new MovesBy(bands.branch),
      ageBand: new MovesBy(bands.ageBand),
      yearsWithBank: new MovesBy(bands.yearsWithBank),
    };
    this.#parity = {
      ageBand: new Parity(bands.ageBand, after.files['tier-ladder']),
      familyStatus: new Parity(bands.familyStatus, after.files['tier-ladder']),
    };
  }

  add({ customer, metrics, branch, consents }: BookCustomer): void {
    if (consents !== null && !consents.includes('TIERING')) {
      this.#customers.leftOut += 1;
      return;
    }
    const isNeutral = consents !== null && !consents.includes('PROFILE_OCCUPATION');
    const agreed = new Set(consents);
    const from = this.#before.judge(metrics, isNeutral, agreed);
    const to = this.#after.judge(metrics, isNeutral, agreed);
    if (from === null) this.#customers.refusedBefore += 1;
    if (to === null) this.#customers.refusedAfter += 1;
    if (from === null || to === null) return;
    this.#customers.graded += 1;
    this.#count(from.rung, to.rung);
    const rise = this.#rank(to.rung) - this.#rank(from.rung);
    const facts = { branch, ...metrics };
    for (const by of Object.values(this.#moves)) by.add(facts, rise);
    const lost = this.#exchange(from.granted, to.granted);
    if (rise < 0 || lost.length > 0)
      this.#notices.push({ customer, from: from.rung, to: to.rung, benefitsLost: lost });
    const neutral = isNeutral ? to.class : this.#after.neutralClass(metrics);
    for (const parity of Object.values(this.#parity)) parity.add(facts, to.class, neutral);
  }

  sum(): PolicyDifference {
    const version = ({ policy }: Side) => ({ version: policy.version, hash: policy.hash });
    return {
      before: version(this.#before),
      after: version(this.#after),
      customers: { ...this.#customers },
      matrix: [...this.#matrix.values()].sort(
        (a, b) =>
          this.#rank(b.from) - this.#rank(a.from) ||
          this.#rank(b.to) - this.#rank(a.to) ||
          (a.from + a.to < b.from + b.to ? -1 : 1),
      ),
      moves: {
        branch: this.#moves.branch.sum(),
        ageBand: this.#moves.ageBand.sum(),
        yearsWithBank: this.#moves.yearsWithBank.sum(),
      },
      benefits: [...this.#benefits].map(([benefit, count]) => {
        return { benefit, label: this.#label(benefit), ...count };
      }),
      notices: this.#notices,
      parity: {
        ageBand: this.#parity.ageBand.sum(),
        familyStatus: this.#parity.familyStatus.sum(),
      },
    };
  }

  #count(from: string, to: string): void {
    const key = `${from} ${to}`;
    const cell = this.#matrix.get(key);
    if (cell === undefined) this.#matrix.set(key, { from, to, customers: 1 });
    else cell.customers += 1;
  }

  /** Counts what is gained and lost; returns what is lost. */
  #exchange(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
    const lost = [...before].filter((benefit) => !after.has(benefit));
    const gained = [...after].filter((benefit) => !before.has(benefit));
    const countOf = (benefit: string) => {
      const found = this.#benefits.get(benefit) ?? { gained: 0, lost: 0 };
      this.#benefits.set(benefit, found);
      return found;
    };
    for (const benefit of lost) countOf(benefit).lost += 1;
    for (const benefit of gained) countOf(benefit).gained += 1;
    return lost;
  }

  /** A rung's rank by the rules after; by those before when they have it no more. */
  #rank(code: string): number {
    return this.#after.ranks.get(code) ?? this.#before.ranks.get(code) ?? 0;
  }

  #label(benefit: string): Label {
    return this.#after.labels.get(benefit) ?? this.#before.labels.get(benefit)!;
  }
}

/** One policy, ready to judge. */
class Side {
  readonly ranks: ReadonlyMap<string, number>;
  readonly labels: ReadonlyMap<string, Label>;
  readonly #grader: Grader;
  readonly #entitle: Entitle;
  readonly #metrics: readonly string[];

  constructor(readonly policy: Policy) {
    const { files } = policy;
    this.#grader = compilePolicy(files);
    this.#entitle = compileEntitlements(files);
    this.#metrics = files.metrics.metrics.map(({ id }) => id);
    this.ranks = new Map(files['tier-ladder'].rungs.map(({ code, rank }) => [code, rank]));
    this.labels = new Map(files.benefits.benefits.map(({ id, label }) => [id, label]));
  }

  /** Rung, class and granted benefits; null for metrics that can't be graded. */
  judge(metrics: Values, isNeutral: boolean, consents: ReadonlySet<string>) {
    let grade: Grade;
    try {
      grade = this.#grader.grade(this.#own(metrics), {
        variant: isNeutral ? 'neutral' : undefined,
      });
    } catch {
      return null;
    }
    const { rung, class: tierClass } = grade;
    const entitled = this.#entitle({ rung, grade, consents, used: new Map() });
    const granted = entitled.filter(({ state }) => state !== 'LOCKED');
    return { rung, class: tierClass, granted: new Set(granted.map(({ benefit }) => benefit)) };
  }

  /** The class that the neutral variant gives, of metrics that can be graded. */
  neutralClass(metrics: Values): string {
    return this.#grader.decide(this.#own(metrics), { variant: 'neutral' }).class;
  }

  /** The metrics that this policy knows. */
  #own(metrics: Values): Values {
    return Object.fromEntries(this.#metrics.map((name) => [name, metrics[name] ?? null]));
  }
}

/** Moves by one way to group customers. */
class MovesBy {
  readonly #counts = new Map<string, { up: number; down: number; same: number }>();

  constructor(private readonly banding: Banding) {}

  add(facts: Values, rise: number): void {
    const group = this.banding.groupOf(facts);
    const count = this.#counts.get(group) ?? { up: 0, down: 0, same: 0 };
    count[rise > 0 ? 'up' : rise < 0 ? 'down' : 'same'] += 1;
    this.#counts.set(group, count);
  }

  sum(): Moves[] {
    return this.banding
      .inOrder([...this.#counts.keys()])
      .map((id) => ({ ...id, ...this.#counts.get(id.group)! }));
  }
}
