import { primitives } from '@liyu/model/schemas';
import { errors, jwtVerify } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import type { Actor, Duty } from '@liyu/model';
import { isStorable } from '../sync/storable.js';
import { scopesOf } from './caller.js';
import type { Caller } from './caller.js';

/** A token that doesn't hold. It says no reason, since the answer must not tell one. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** The bank's keys can't be fetched: nothing is wrong with the caller's token. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

export interface TokenRules {
  /** Finds the key of a token; from a fixed JWKS. */
  keys: JWTVerifyGetKey;
  issuer: string;
  audience: string;
  /** Clock, in ms since 1970. */
  now?: (() => number) | undefined;
}

export type VerifyToken = (token: string) => Promise<Caller>;

const ALGORITHMS = ['ES256', 'EdDSA'];
/** Longest life of a token, in seconds. */
const LONGEST = 15 * 60;
/** How far clocks may differ, in seconds. */
const TOLERANCE = 30;

const seconds = z.int().positive();
const storableId = z.string().refine((id) => primitives.id.safeParse(id).success && isStorable(id));
const duty = z.enum([
  'client-manager',
  'care-manager',
  'lobby',
  'counter',
  'complaints',
  'aml',
  'policy-maker',
  'policy-checker',
] satisfies Duty[]);
const common = { sub: z.string().min(1).max(255), iat: seconds, exp: seconds };
const claims = z.discriminatedUnion('role', [
  z.object({ ...common, role: z.literal('customer'), customer: storableId }),
  z.object({
    ...common,
    role: z.literal('staff'),
    manager: storableId,
    branch: storableId.optional(),
    duties: z.array(duty).max(8).default([]),
  }),
]);

/** Errors of jose about the key set, not about the token. */
const KEY_SET_ERRORS = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

/**
 * Checks signature, issuer, audience and times, among them what jose leaves out: a life of at most
 * 15 minutes and an issue time that isn't in the future. Throws TokenRefused or KeysUnavailable.
 */
export function tokenVerifier({ keys, issuer, audience, now = Date.now }: TokenRules): VerifyToken {
  return async (token) => {
    const payload = await verify(token, { keys, issuer, audience, now });
    const parsed = claims.safeParse(payload);
    if (!parsed.success) throw new TokenRefused();
    const { data } = parsed;
    const clock = now() / 1000;
    const isFresh = data.exp > clock && data.iat <= clock + TOLERANCE;
    if (!isFresh || data.exp <= data.iat || data.exp - data.iat > LONGEST) throw new TokenRefused();
    const actor = actorOf(data);
    return { subject: data.sub, actor, scopes: scopesOf(actor), expires: data.exp * 1000 };
  };
}

function actorOf(data: z.infer<typeof claims>): Actor {
  if (data.role === 'customer') {
    const { role, customer } = data;
    return { role, customer, manager: null, branch: null, duties: [], name: null };
  }
  const { role, manager, branch = null, duties } = data;
  return { role, customer: null, manager, branch, duties, name: null };
}

async function verify(token: string, rules: TokenRules & { now: () => number }): Promise<unknown> {
  const { keys, issuer, audience, now } = rules;
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer,
      audience,
      clockTolerance: TOLERANCE,
      currentDate: new Date(now()),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError && !KEY_SET_ERRORS.has(error.code)) {
      throw new TokenRefused();
    }
    throw new KeysUnavailable('the key set could not be read', { cause: error });
  }
}
