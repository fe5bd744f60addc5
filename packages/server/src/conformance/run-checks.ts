import { accessChecks } from './access-checks.js';
import type { Check } from './check.js';
import { eventChecks } from './event-checks.js';
import { Probe } from './probe.js';
import type { Exchange } from './probe.js';
import { pullChecks } from './pull-checks.js';
import { pushChecks } from './push-checks.js';
import type { TestCustomer } from './test-customers.js';
import { Misfit, Skipped, Trial } from './trial.js';

export const checks: readonly Check[] = [
  ...accessChecks,
  ...pullChecks,
  ...pushChecks,
  ...eventChecks,
];

export interface Result {
  id: string;
  rule: string;
  verdict: 'holds' | 'fails' | 'skipped';
  /** What was expected, or why it was skipped. */
  why?: string;
  /** The request that showed it, and its answer. */
  exchange?: Exchange | null;
}

/** Checks a server, one rule after the other. Throws a ConformanceError when it can't be reached. */
export async function* runChecks(
  url: string,
  [first, second]: readonly [TestCustomer, TestCustomer],
  which: readonly Check[] = checks,
): AsyncGenerator<Result> {
  const probe = new Probe(url.replace(/\/+$/, ''));
  for (const { id, rule, run } of which) {
    try {
      await run(new Trial(probe, first, second));
      yield { id, rule, verdict: 'holds' };
    } catch (error) {
      if (error instanceof Skipped) yield { id, rule, verdict: 'skipped', why: error.message };
      else if (error instanceof Misfit) {
        yield { id, rule, verdict: 'fails', why: error.message, exchange: probe.last };
      } else throw error;
    }
  }
}
