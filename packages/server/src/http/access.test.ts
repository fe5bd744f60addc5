import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SignJWT, UnsecuredJWT, createLocalJWKSet, exportJWK, generateKeyPair } from 'jose';
import type { Database } from '../db/database.js';
import { openMigratedPglite } from '../testing/migrated.js';
import { testServers } from '../testing/test-server.js';
import { createIssuer } from '../testing/issuer.js';

const start = testServers();
const PULL = { coll: 'customers', scope: 'c:c-1', sv: 0, cp: null, limit: 1 };

describe('a token', () => {
  let db: Database;
  before(async () => {
    db = await openMigratedPglite();
  });
  after(() => db.close());

  const ask = async (server: Awaited<ReturnType<typeof start>>, header: string | undefined) =>
    server.send('/sync/v1/pull', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(header === undefined ? {} : { Authorization: header }),
      },
      body: JSON.stringify(PULL),
    });

  it('that does not hold gets one and the same answer, whatever is wrong with it', async () => {
    // A key set may hold keys for other uses: what isn't ES256 or EdDSA signs nobody in.
    const rsa = await generateKeyPair('RS256');
    const issuer = await createIssuer();
    const keys = [...issuer.jwks.keys, { ...(await exportJWK(rsa.publicKey)), kid: 'rsa' }];
    const server = await start(db, { auth: { ...issuer, keys: createLocalJWKSet({ keys }) } });
    const now = Math.floor(Date.now() / 1000);
    const good = await issuer.token('c-1');
    const [head = '', payload = '', signature = ''] = good.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const secret = new TextEncoder().encode(JSON.stringify(issuer.jwks.keys[0]));
    const stranger = await createIssuer();
    const foreign = Buffer.from(JSON.stringify({ ...claims, customer: 'c-2' })).toString(
      'base64url',
    );

    const bad: Record<string, string | undefined> = {
      'none at all': undefined,
      'an empty one': 'Bearer ',
      'another scheme': `Basic ${good}`,
      'no token': 'Bearer abc',
      'not JSON': 'Bearer YQ.YQ.YQ',
      'alg none': `Bearer ${new UnsecuredJWT(claims).encode()}`,
      HS256: `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret)}`,
      RS256: `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'rsa' }).sign(rsa.privateKey)}`,
      'a stranger who signs': `Bearer ${await stranger.token('c-1')}`,
      'no signature': `Bearer ${head}.${payload}.`,
      'another payload': `Bearer ${head}.${foreign}.${signature}`,
      ...Object.fromEntries(
        await Promise.all(
          Object.entries({
            expired: { iat: now - 60, exp: now - 1 },
            'too long a life': { iat: now, exp: now + 15 * 60 + 1 },
            'issued in the future': { iat: now + 40, exp: now + 300 },
            'ends before it begins': { iat: now + 20, exp: now + 10 },
            'no end': { exp: undefined },
            'no beginning': { iat: undefined },
            'not yet valid': { nbf: now + 60 },
            'another audience': { aud: 'elsewhere' },
            'no audience': { aud: undefined },
            'another issuer': { iss: 'https://elsewhere.example' },
            'no subject': { sub: undefined },
            'no role': { role: undefined },
            'another role': { role: 'admin' },
            'no customer': { customer: undefined },
            'an empty customer': { customer: '' },
            'a customer that is no text': { customer: ['c-1'] },
            'a customer with NUL': { customer: 'c-1\0' },
            'a time that is no number': { exp: 'never' },
          }).map(async ([why, more]): Promise<[string, string]> => [
            why,
            `Bearer ${await issuer.token('c-1', more)}`,
          ]),
        ),
      ),
    };
    const expected = '{"type":"urn:liyu:problem:unauthorized","status":401,"code":"unauthorized"}';
    for (const [why, header] of Object.entries(bad)) {
      const answer = await ask(server, header);
      assert.deepEqual([answer.status, answer.text], [401, expected], why);
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer', why);
    }
  });

  it('that holds is taken, also from a clock that is slightly ahead', async () => {
    const server = await start(db);
    const now = Math.floor(Date.now() / 1000);
    for (const more of [{}, { iat: now, exp: now + 15 * 60 }, { iat: now + 20, nbf: now + 20 }]) {
      const answer = await ask(server, `Bearer ${await server.issuer.token('c-1', more)}`);
      assert.equal(answer.status, 200, answer.text);
    }
  });

  it('is not blamed when the keys of the bank are out of reach', async () => {
    const { keysOfUrl } = await import('../auth/key-set.js');
    const issuer = await createIssuer();
    const keys = keysOfUrl('http://127.0.0.1:9/jwks.json');
    const server = await start(db, { auth: { ...issuer, keys } });
    const answer = await ask(server, `Bearer ${await issuer.token('c-1')}`);
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5']);
  });
});
