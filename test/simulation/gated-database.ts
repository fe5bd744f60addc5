import type { Database } from '../../packages/server/src/db/database.js';
import type { Random } from './random.js';
import type { VirtualClock } from './virtual-clock.js';

/** A node that was killed: what it was at is over, and nobody hears of it. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export interface Gates {
  clock: VirtualClock;
  random: Random;
  isAlive: () => boolean;
  /** Whether the node dies in this transaction, and on which side of its commit. */
  fate: () => 'before' | 'after' | null;
  onKilled: () => void;
  onCommitted: () => Promise<void>;
}

/**
 * The database as one of several nodes has it: each statement and each transaction waits for its turn,
 * which chance gives, so that those of requests and of nodes mix. A transaction is one turn: PGlite has
 * one connection, and those that write a scope go one after another anyway.
 */
export function gatedDatabase(db: Database, gates: Gates): Database {
  const { clock, random } = gates;
  const turn = async () => {
    await clock.sleep(random.between(0, 40));
    if (!gates.isAlive()) throw new Killed();
  };
  return {
    query: async (sql, params) => {
      await turn();
      return clock.track(db.query(sql, params));
    },
    transaction: async (work) => {
      await turn();
      const fate = gates.fate();
      const run = db.transaction(async (tx) => {
        const result = await work(tx);
        if (fate === 'before') throw new Killed();
        return result;
      });
      try {
        const result = await clock.track(run);
        await gates.onCommitted();
        if (fate === 'after') throw new Killed();
        return result;
      } catch (error) {
        if (fate !== null && error instanceof Killed) gates.onKilled();
        throw error;
      }
    },
    close: () => Promise.resolve(),
  };
}
