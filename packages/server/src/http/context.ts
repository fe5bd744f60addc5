import type { Context, Hono } from 'hono';
import type { Caller } from '../auth/caller.js';

/** What middleware knows of a request. */
export interface Env {
  Variables: {
    request: string;
    /** Code of the problem that is answered, for the log. */
    problem: string | undefined;
    caller: Caller;
  };
}

export type LiyuContext = Context<Env>;
export type LiyuApp = Hono<Env>;
