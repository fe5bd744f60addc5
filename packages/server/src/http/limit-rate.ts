import { getConnInfo } from '@hono/node-server/conninfo';
import type { MiddlewareHandler } from 'hono';
import { callerAddress } from './caller-address.js';
import type { TrustedProxies } from './caller-address.js';
import type { Env, LiyuContext } from './context.js';
import { Problem } from './problem.js';
import { RateLimit } from './rate-limit.js';

/** Requests a minute; undefined is no limit. */
export interface RateLimits {
  /** Of a person, as their token says. */
  subject?: number | undefined;
  /** Of an address, before anything is looked at. */
  address?: number | undefined;
  /** Without them an address is that of the connection. */
  proxies?: TrustedProxies | undefined;
}

/** Goes before `authenticate`: it costs less than to look at a token. */
export function limitAddresses({ address, proxies }: RateLimits): MiddlewareHandler<Env> {
  const trusted = proxies ?? { check: () => false };
  return limit(address, (c) =>
    callerAddress(getConnInfo(c).remote.address ?? '', c.req.header('X-Forwarded-For'), trusted),
  );
}

/** Goes after `authenticate`. */
export function limitSubjects({ subject }: RateLimits): MiddlewareHandler<Env> {
  return limit(subject, (c) => c.get('caller').subject);
}

function limit(
  perMinute: number | undefined,
  keyOf: (c: LiyuContext) => string,
): MiddlewareHandler<Env> {
  const rate = perMinute === undefined ? null : new RateLimit(perMinute);
  return async (c, next) => {
    const wait = rate?.take(keyOf(c)) ?? 0;
    if (wait > 0) throw new Problem('too_many_requests', {}, { 'Retry-After': String(wait) });
    await next();
  };
}
