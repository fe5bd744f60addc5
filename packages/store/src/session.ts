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
  /** Seconds since 1970. */
  exp: number;
}

/** Gives a token, or null when nobody is signed in. A rejection counts as a network failure. */
export type GetToken = () => Promise<string | null>;

/** Seconds before its end at which a token is no longer used. */
const MARGIN = 20;

/** Holds the token in memory only and asks the host for one at a time. */
export class Session {
  #token: { text: string; claims: Claims } | null = null;
  #asking: Promise<{ text: string; claims: Claims }> | null = null;

  constructor(private readonly getToken: GetToken) {}

  /** A token with time left. Throws a SyncError: signed_out or network. */
  async token(): Promise<{ text: string; claims: Claims }> {
    if (this.#token !== null && this.#token.claims.exp - MARGIN > Date.now() / 1000) {
      return this.#token;
    }
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
    this.#token = { text, claims: readClaims(text) };
    return this.#token;
  }
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
      exp: claims.exp,
    };
  } catch {
    throw new SyncError('signed_out', 'the token is no JWT');
  }
}
