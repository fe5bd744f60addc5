import type { Session } from './session.js';
import { SyncError } from './sync-error.js';

/** Longest wait for an answer. */
const TIMEOUT_MS = 30_000;
/** Longest wait that a Retry-After is believed. */
const MOST_WAIT_S = 3_600;

/** Sends requests to the sync endpoint with a token, and says in one word what went wrong. */
export class HttpClient {
  constructor(
    /** Address that `/sync/v1/…` is appended to, without a slash at its end. */
    private readonly endpoint: string,
    private readonly session: Session,
    private readonly onContact: () => void,
  ) {}

  /** The parsed answer of a POST, broken off when `ending` aborts. Throws a SyncError. */
  async post(path: string, body: unknown, ending: AbortSignal): Promise<unknown> {
    const controller = new AbortController();
    const abort = () => controller.abort();
    const timer = setTimeout(abort, TIMEOUT_MS);
    ending.addEventListener('abort', abort);
    if (ending.aborted) abort();
    try {
      const response = await this.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: controller.signal,
      });
      return await response.json().catch(() => {
        throw new SyncError('busy', 'the answer is no JSON');
      });
    } finally {
      clearTimeout(timer);
      ending.removeEventListener('abort', abort);
    }
  }

  /** An answer with status 200. After a 401 the host is asked for one new token. */
  async request(path: string, init: RequestInit): Promise<Response> {
    let response = await this.#send(path, init);
    if (response.status === 401) response = await this.#send(path, init);
    if (response.ok) {
      this.onContact();
      return response;
    }
    // A 403 of something between here and the server says nothing of a scope.
    if (response.status === 403 && (await codeOf(response)) === 'scope_gone') {
      throw new SyncError('gone', 'the scope is gone');
    }
    void response.body?.cancel().catch(() => undefined);
    throw toError(response);
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const { text } = await this.session.token();
    const headers = {
      ...(init.headers as Record<string, string>),
      authorization: `Bearer ${text}`,
    };
    try {
      const response = await fetch(`${this.endpoint}${path}`, {
        ...init,
        headers,
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
      });
      if (response.status === 401) this.session.refuse(text);
      return response;
    } catch {
      throw new SyncError('network', 'the endpoint could not be reached');
    }
  }
}

/** The code of a problem (RFC 9457); null when the answer is none. */
async function codeOf(response: Response): Promise<unknown> {
  const problem = (await response.json().catch(() => null)) as { code?: unknown } | null;
  return problem?.code ?? null;
}

function toError(response: Response): SyncError {
  const { status } = response;
  switch (status) {
    case 401:
      return new SyncError('signed_out', 'the token is refused');
    case 409:
      return new SyncError('resync', 'the checkpoint is of another time');
    case 413:
      return new SyncError('too_large', 'the batch is too large');
    case 426:
      return new SyncError('upgrade', 'this page is too old');
    default: {
      const seconds = Math.min(Number(response.headers.get('retry-after')), MOST_WAIT_S);
      return new SyncError(
        'busy',
        `status ${status}`,
        Number.isFinite(seconds) ? seconds * 1000 : 0,
      );
    }
  }
}
