import type { MiddlewareHandler } from 'hono';
import { KeysUnavailable, TokenRefused } from '../auth/verify-token.js';
import type { VerifyToken } from '../auth/verify-token.js';
import type { Env } from './context.js';
import { Problem } from './problem.js';

/** Lets only callers with a token that holds through. Every other gets one and the same 401. */
export function authenticate(verify: VerifyToken): MiddlewareHandler<Env> {
  return async (c, next) => {
    const header = c.req.header('Authorization') ?? '';
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header)?.[1];
    if (token === undefined) throw unauthorized();
    try {
      c.set('caller', await verify(token));
    } catch (error) {
      if (error instanceof TokenRefused) throw unauthorized();
      if (error instanceof KeysUnavailable) {
        throw new Problem('unavailable', {}, { 'Retry-After': '5' }, { cause: error.cause });
      }
      throw error;
    }
    await next();
  };
}

function unauthorized(): Problem {
  return new Problem('unauthorized', {}, { 'WWW-Authenticate': 'Bearer' });
}
