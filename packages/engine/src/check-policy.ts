import type { PolicyFiles } from '@liyu/policy';
import { shrinkingBenefits } from './shrinking-benefits.js';
import { unreachableRungs } from './unreachable-rungs.js';

/**
 * Mistakes of a policy that has loaded, which take compiled rules to see: rungs that nobody can reach,
 * benefits that shrink as a customer rises. One line each: file, item and reason.
 */
export function checkPolicy(files: PolicyFiles): string[] {
  return [
    ...unreachableRungs(files).map((code) => `tier-ladder.json: ${code}: no customer can reach it`),
    ...shrinkingBenefits(files).map(({ id, reason }) => `benefits.json: ${id}: ${reason}`),
  ];
}
