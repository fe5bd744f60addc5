/**
 * Why a request did not do what it should, by what the client does about it (the table in
 * docs/architecture.md): busy and network are tried again, the others wait for somebody.
 */
export type SyncErrorKind =
  'network' | 'busy' | 'signed_out' | 'gone' | 'resync' | 'too_large' | 'upgrade';

/** A failed request. The message never holds data. */
export class SyncError extends Error {
  constructor(
    readonly kind: SyncErrorKind,
    message: string,
    /** Milliseconds that the server asks to wait. */
    readonly retryAfterMs = 0,
  ) {
    super(message);
    this.name = 'SyncError';
  }
}
