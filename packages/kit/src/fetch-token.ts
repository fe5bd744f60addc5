/** Longest wait for the portal's answer. */
const TIMEOUT_MS = 15_000;

/**
 * Asks the portal for a token: POST with the portal's own cookies. Null when nobody is signed in (401,
 * 403). Throws on any other failure, which is tried again.
 */
export async function fetchToken(url: string): Promise<string | null> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'x-requested-with': 'liyu' },
      cache: 'no-store',
      signal: controller.signal,
    });
    if (response.status === 401 || response.status === 403) return null;
    if (!response.ok) throw new Error(`token-url answered ${response.status}`);
    const { token } = (await response.json()) as { token?: unknown };
    if (typeof token !== 'string') throw new TypeError('token-url answered without a token');
    return token;
  } finally {
    clearTimeout(timer);
  }
}
