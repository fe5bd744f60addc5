import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it } from 'node:test';
import { createIssuer } from '../testing/issuer.js';
import { keysOfUrl } from './key-set.js';
import { TokenRefused, tokenVerifier } from './verify-token.js';

it('asks for keys once in 30 s, however many tokens name one that is unknown', async (t) => {
  const [issuer, next] = [await createIssuer(), await createIssuer('next')];
  let published = issuer.jwks;
  let asked = 0;
  const bank = createServer((_, response) => {
    asked++;
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(published));
  });
  bank.listen(0, '127.0.0.1');
  await once(bank, 'listening');
  t.after(() => bank.close());
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const { port } = bank.address() as AddressInfo;
  const keys = keysOfUrl(`http://127.0.0.1:${port}/jwks.json`);
  const verify = tokenVerifier({ keys, issuer: issuer.issuer, audience: issuer.audience });

  assert.equal((await verify(await issuer.token('c-1'))).subject, 'person-c-1');
  assert.equal(asked, 1);
  // A flood of tokens whose key nobody has heard of.
  const unknown = await next.token('c-1');
  for (let n = 0; n < 50; n++) await assert.rejects(verify(unknown), TokenRefused);
  assert.equal(asked, 1);
  t.mock.timers.tick(30_001);
  await Promise.all(
    Array.from({ length: 50 }, () => assert.rejects(verify(unknown), TokenRefused)),
  );
  assert.equal(asked, 2);

  // The bank changes its key: new tokens wait for the end of the 30 s, and no longer.
  published = next.jwks;
  await assert.rejects(verify(unknown), TokenRefused);
  t.mock.timers.tick(30_001);
  assert.equal((await verify(unknown)).subject, 'person-c-1');
  assert.equal(asked, 3);
});
