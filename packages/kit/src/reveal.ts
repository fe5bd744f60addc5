import type { StoreOptions } from '@liyu/store';
import type { Revealed, RevealedField } from '@liyu/widgets';

/** Longest wait for the server's answer. */
const TIMEOUT_MS = 30_000;

export interface Look {
  customer: string;
  field: RevealedField;
  reason: string;
}

/**
 * Asks the server for a masked field of a customer's in the clear, which it keeps a record of. What
 * comes is handed on and stored nowhere. Never rejects.
 */
export async function reveal(
  { endpoint, getToken }: Pick<StoreOptions, 'endpoint' | 'getToken'>,
  look: Look,
): Promise<Revealed> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
  try {
    const token = await getToken();
    if (token === null) return { fault: 'signedOut' };
    const response = await fetch(`${endpoint}/staff/v1/reveal`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(look),
      // The portal's proxy may look for the session of its staff, besides the token.
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: controller.signal,
    });
    return response.ok ? await readValue(response) : { fault: faultOf(response.status) };
  } catch {
    return { fault: 'offline' };
  } finally {
    clearTimeout(timer);
  }
}

async function readValue(response: Response): Promise<Revealed> {
  const answer = (await response.json().catch(() => null)) as { value?: unknown } | null;
  const value = answer?.value;
  return typeof value === 'string' || value === null ? { value } : { fault: 'failed' };
}

function faultOf(status: number): 'signedOut' | 'forbidden' | 'failed' {
  if (status === 401) return 'signedOut';
  return status === 403 ? 'forbidden' : 'failed';
}
