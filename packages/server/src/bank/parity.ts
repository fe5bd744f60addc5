import type { PolicyFiles } from '@liyu/policy';
import type { Banding, GroupId } from './customer-groups.js';

/** Below so many customers a share says little. */
const SMALL = 10;

/** How a group fares; shares and ratios in basis points, half up. */
export interface ParityGroup extends GroupId {
  customers: number;
  /** Customers of class QUALITY or above, as they would be graded: neutrally who didn't agree. */
  plainShareBp: number;
  /** The same when everyone is graded neutrally. */
  neutralShareBp: number;
  /** Share against that of the group that is best off; null when nobody is of such a class. */
  plainRatioBp: number | null;
  neutralRatioBp: number | null;
  /** Whether the group has fewer than ten customers. */
  isSmall: boolean;
}

/** Adds up how groups of customers fare by the plain rules and by the neutral variant. */
export class Parity {
  readonly #counts = new Map<string, { customers: number; plain: number; neutral: number }>();
  readonly #high: ReadonlySet<string>;

  constructor(
    private readonly banding: Banding,
    { classes }: PolicyFiles['tier-ladder'],
  ) {
    const quality = classes.find(({ id }) => id === 'QUALITY')?.rank ?? Infinity;
    this.#high = new Set(classes.filter(({ rank }) => rank >= quality).map(({ id }) => id));
  }

  /** Adds a customer with the class of each grading. */
  add(facts: Parameters<Banding['groupOf']>[0], plain: string, neutral: string): void {
    const group = this.banding.groupOf(facts);
    const count = this.#counts.get(group) ?? { customers: 0, plain: 0, neutral: 0 };
    count.customers += 1;
    if (this.#high.has(plain)) count.plain += 1;
    if (this.#high.has(neutral)) count.neutral += 1;
    this.#counts.set(group, count);
  }

  /** The best-off group is one that isn't small, where there is any. */
  sum(): ParityGroup[] {
    const groups = this.banding.inOrder([...this.#counts.keys()]).map((id) => {
      const { customers, plain, neutral } = this.#counts.get(id.group)!;
      return {
        ...id,
        customers,
        plainShareBp: shareBp(plain, customers),
        neutralShareBp: shareBp(neutral, customers),
        isSmall: customers < SMALL,
      };
    });
    const large = groups.filter(({ isSmall }) => !isSmall);
    const compared = large.length > 0 ? large : groups;
    const best = (key: 'plainShareBp' | 'neutralShareBp') =>
      Math.max(0, ...compared.map((group) => group[key]));
    const ratio = (share: number, most: number) => (most === 0 ? null : shareBp(share, most));
    const [plain, neutral] = [best('plainShareBp'), best('neutralShareBp')];
    return groups.map(({ isSmall, ...group }) => ({
      ...group,
      plainRatioBp: ratio(group.plainShareBp, plain),
      neutralRatioBp: ratio(group.neutralShareBp, neutral),
      isSmall,
    }));
  }
}

function shareBp(part: number, whole: number): number {
  return Math.floor((20_000 * part + whole) / (2 * whole));
}
