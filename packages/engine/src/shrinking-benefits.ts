import type { PolicyFiles } from '@liyu/policy';
import { amountOf, grants } from './entitle.js';

type Benefit = PolicyFiles['benefits']['benefits'][number];
type Rung = PolicyFiles['tier-ladder']['rungs'][number];

/** Class whose gifts of welcome end when a customer moves on. */
const NEWCOMERS = 'NEW';

/**
 * Benefits that shrink as a customer rises (benefits.json `invariants`), by id: one that the next rung
 * doesn't grant, or grants with a lower quota or a lower addBp. NEW is left out: its gifts end.
 */
export function shrinkingBenefits(
  files: Pick<PolicyFiles, 'benefits' | 'tier-ladder'>,
): { id: string; reason: string }[] {
  const rungs = files['tier-ladder'].rungs
    .filter((rung) => rung.class !== NEWCOMERS)
    .sort((a, b) => a.rank - b.rank);
  return rungs.slice(1).flatMap((higher, place) =>
    files.benefits.benefits.flatMap((benefit) => {
      const reason = lossOf(benefit, rungs[place]!, higher);
      return reason === null ? [] : [{ id: benefit.id, reason }];
    }),
  );
}

function lossOf(benefit: Benefit, lower: Rung, higher: Rung): string | null {
  if (!grants(benefit, lower)) return null;
  if (!grants(benefit, higher)) return `${lower.code} is granted it, ${higher.code} above it isn't`;
  const before = amountOf(benefit, lower);
  const after = amountOf(benefit, higher);
  const told = (what: string, a: number | null, b: number | null) =>
    `${what} falls from ${a ?? 'none'} of ${lower.code} to ${b ?? 'none'} of ${higher.code}`;
  // Without a quota it may be used at will; without addBp nothing is added.
  if ((after.quota ?? Infinity) < (before.quota ?? Infinity))
    return told('quota', before.quota, after.quota);
  if ((after.addBp ?? 0) < (before.addBp ?? 0)) return told('addBp', before.addBp, after.addBp);
  return null;
}
