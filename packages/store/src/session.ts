import type { Duty, Role } from '@liyu/model';
import { SyncError } from './sync-error.js';

/** What the client reads from its own token; only the server verifies it. */
export interface Claims {
  role: Role;
  subject: string;
  customer: string | null;
  /** Staff number, branch and duties; null and empty for customers. */
  manager: string | null;
  branch: string | null;
  duties: readonly Duty[];
  /** Seconds since 1970, by the clock of who issued it. */
  iat: number | null;
  exp: number;
}

/** Gives a token, or null when nobody is signed in. A rejection counts as a network failure. */
export type GetToken = () => Promise<string | null>;

/** Seconds before its end at which a token is no longer used. */
const MARGIN = 20;

/** Holds the token in memory only and asks the host for one at a time. */
export class Session {
  #token: HeldToken | null = null;
  #asking: Promise<{ text: string; claims: Claims }> | null = null;

  constructor(private readonly getToken: GetToken) {}

  /** A token with time left. Throws a SyncError: signed_out or network. */
  async token(): Promise<{ text: string; claims: Claims }> {
    if (this.#token !== null && isFresh(this.#token)) return this.#token;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** Drops `text` after the server refused it; a newer token stays. */
  refuse(text: string): void {
    if (this.#token?.text === text) this.#token = null;
  }

  async #ask(): Promise<{ text: string; claims: Claims }> {
    let text: string | null;
    try {
      text = await this.getToken();
    } catch (error) {
      if (error instanceof SyncError) throw error;
      throw new SyncError('network', 'no token could be fetched');
    }
    if (text === null) throw new SyncError('signed_out', 'nobody is signed in');
    const claims = readClaims(text);
    const clockIsWrong = claims.exp <= Date.now() / 1000;
    this.#token = { text, claims, receivedAt: performance.now(), clockIsWrong };
    return this.#token;
  }
}

interface HeldToken {
  text: string;
  claims: Claims;
  /** By the clock of this page, which nobody sets, in ms. */
  receivedAt: number;
  /** Whether it had ended by the device's clock when it came: then that clock says nothing. */
  clockIsWrong: boolean;
}

/**
 * Whether a token has time left. A device whose clock is ahead would find every new one at its end, and
 * ask for one with each request; so its life counts from when it came too.
 */
function isFresh({ claims: { iat, exp }, receivedAt, clockIsWrong }: HeldToken): boolean {
  const age = (performance.now() - receivedAt) / 1000;
  if (iat !== null && age >= exp - iat - MARGIN) return false;
  return clockIsWrong ? iat !== null : exp - MARGIN > Date.now() / 1000;
}

function readClaims(token: string): Claims {
  try {
    const payload = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Claims & { sub: string }>;
    if (typeof claims.exp !== 'number') throw new TypeError('no exp');
    return {
      role: claims.role ?? 'customer',
      subject: claims.sub ?? '',
      customer: claims.customer ?? null,
      manager: claims.manager ?? null,
      branch: claims.branch ?? null,
      duties: Array.isArray(claims.duties) ? claims.duties : [],
      iat: typeof claims.iat === 'number' ? claims.iat : null,
      exp: claims.exp,
    };
  } catch {
    throw new SyncError('signed_out', 'the token is no JWT');
  }
}
