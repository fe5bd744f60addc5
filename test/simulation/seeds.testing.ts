import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { createIssuer } from '../../packages/server/src/testing/issuer.js';
import type { Issuer } from '../../packages/server/src/testing/issuer.js';
import { BankDatabase } from './bank-database.js';
import { simulate } from './simulate.js';
import type { Outcome, SimulationOptions } from './simulate.js';

/** Seeds that each run of the tests plays, from 1. */
export const SEEDS = 100;
/** Things that happen in each: fewer than by command, to be done in a minute. */
export const HAPPENINGS = 8;

/** Plays seeds over one database, which is closed after the tests. */
export function players(): (
  seed: number,
  options?: Partial<SimulationOptions>,
) => Promise<Outcome> {
  let bank: BankDatabase;
  let issuer: Issuer;
  before(async () => {
    bank = await BankDatabase.open();
    issuer = await createIssuer();
  });
  after(() => bank.close());
  return (seed, options = {}) =>
    simulate({ seed, bank, issuer, happenings: HAPPENINGS, ...options });
}

/** Fails with the trace, unless all held. */
export function expectWhole({ seed, breaches, trace }: Outcome): void {
  assert.deepEqual(breaches, [], `seed ${seed}\n${trace.join('\n')}`);
}
