import type { Environment } from './config.js';

/** A command line that can't be understood; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a command may touch of the process. */
export interface Terminal {
  env: Environment;
  stdin: NodeJS.ReadableStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
}

/** Runs with the arguments after its name. Resolves to the exit code: 0, or 1 for bad input. */
export type Command = (args: string[], terminal: Terminal) => Promise<number>;
