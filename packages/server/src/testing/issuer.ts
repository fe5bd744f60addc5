import { SignJWT, createLocalJWKSet, exportJWK, generateKeyPair } from 'jose';
import type { JWK, JWTVerifyGetKey } from 'jose';

/** A bank's sign-in: signs tokens and publishes the key to check them. */
export interface Issuer {
  keys: JWTVerifyGetKey;
  jwks: { keys: JWK[] };
  issuer: string;
  audience: string;
  /** A token of a customer for five minutes; `claims` overrides, undefined leaves out. */
  token(customer: string, claims?: Record<string, unknown>): Promise<string>;
}

/** `kid` names its key. */
export async function createIssuer(kid = 'test'): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256' }] };
  const names = { issuer: 'https://sign-in.example', audience: 'liyu' };
  return {
    ...names,
    jwks,
    keys: createLocalJWKSet(jwks),
    token: (customer, claims = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const payload: Record<string, unknown> = {
        sub: `person-${customer}`,
        role: 'customer',
        customer,
        iss: names.issuer,
        aud: names.audience,
        iat: now,
        exp: now + 300,
        ...claims,
      };
      return new SignJWT(JSON.parse(JSON.stringify(payload)) as Record<string, unknown>)
        .setProtectedHeader({ alg: 'ES256', kid })
        .sign(privateKey);
    },
  };
}
