import assert from 'node:assert/strict';
import type { Verdict } from './define-collection.js';

// Always with a message: `assert.ok` without one reads the test's source to make its own, which takes
// minutes on a transpiled file.

/** What a write changes, when it holds. */
export function taken(verdict: Verdict): Extract<Verdict, { also: unknown }> {
  if ('also' in verdict) return verdict;
  return assert.fail(`refused as ${verdict.reject}`);
}

/** A refusal of which the record is kept. */
export function kept(verdict: Verdict): Required<Extract<Verdict, { reject: string }>> {
  if ('reject' in verdict && verdict.master !== undefined)
    return { ...verdict, master: verdict.master };
  return assert.fail('also' in verdict ? 'it was taken' : `nothing is kept of ${verdict.reject}`);
}
