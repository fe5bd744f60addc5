import { readFileSync } from 'node:fs';
import { createLocalJWKSet, createRemoteJWKSet } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';

/** A key set that can't be used as configured; the message names the variable. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError';
}

/** The keys of a JWKS file, read once. Throws a KeySetError. */
export function keysOfFile(file: string): JWTVerifyGetKey {
  let set: JSONWebKeySet;
  try {
    set = JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet;
  } catch {
    throw new KeySetError(`LIYU_JWKS_FILE: ${file} can't be read as JSON`);
  }
  if (!Array.isArray(set.keys) || set.keys.length === 0) {
    throw new KeySetError(`LIYU_JWKS_FILE: ${file} holds no keys`);
  }
  if (set.keys.some((key) => 'd' in key)) {
    throw new KeySetError(`LIYU_JWKS_FILE: ${file} holds a private key; give the public ones only`);
  }
  return createLocalJWKSet(set);
}

/**
 * The keys behind a URL, fetched when first needed and again, at most every 30 s, when a token names
 * an unknown one. Throws a KeySetError unless it's https, or http on this machine.
 */
export function keysOfUrl(address: string): JWTVerifyGetKey {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new KeySetError('LIYU_JWKS_URL: not a URL');
  }
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) {
    throw new KeySetError(
      'LIYU_JWKS_URL: must be https, since who answers it can sign in as anyone',
    );
  }
  return createRemoteJWKSet(url, { cooldownDuration: 30_000, timeoutDuration: 5_000 });
}
