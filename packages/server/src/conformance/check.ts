import type { Trial } from './trial.js';

/** One thing that must hold of a server. */
export interface Check {
  id: string;
  /** What holds, as a sentence. */
  rule: string;
  /** Throws a Misfit where it doesn't hold, Skipped where the data doesn't show it. */
  run: (trial: Trial) => Promise<void>;
}
