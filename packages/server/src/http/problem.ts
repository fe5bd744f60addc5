/** Codes of every answer that is not a success; clients decide by status, `code` and `reason`. */
export type ProblemCode =
  | 'bad_request'
  | 'unauthorized'
  | 'scope_gone'
  | 'not_found'
  | 'resync_required'
  | 'too_large'
  | 'unsupported_media_type'
  | 'upgrade_required'
  | 'too_many_streams'
  | 'too_many_requests'
  | 'unavailable'
  | 'internal';

const STATUS: Record<ProblemCode, number> = {
  bad_request: 400,
  unauthorized: 401,
  scope_gone: 403,
  not_found: 404,
  resync_required: 409,
  too_large: 413,
  unsupported_media_type: 415,
  upgrade_required: 426,
  too_many_streams: 429,
  too_many_requests: 429,
  unavailable: 503,
  internal: 500,
};

/** What a handler throws to answer with `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    /** Members beside type, status and code, such as `reason` or `field`; never a value sent. */
    readonly members: Readonly<Record<string, string | number>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
    options: ErrorOptions = {},
  ) {
    super(code, options);
  }

  get status(): number {
    return STATUS[this.code];
  }

  toResponse(): Response {
    const { code, status, members } = this;
    const body = { type: `urn:liyu:problem:${code}`, status, code, ...members };
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/problem+json', ...this.headers },
    });
  }
}
