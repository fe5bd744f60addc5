import assert from 'node:assert/strict';
import { it } from 'node:test';
import { playClients } from './rxdb-clients/play-clients.js';

it('ten real RxDB clients agree with the server after a bad network, and lose nothing', async () => {
  const { breaches, faults, created, refused } = await playClients({
    ...{ clients: 10, seed: 1, writes: 8, ms: 3_000 },
  });
  assert.deepEqual(breaches, []);
  for (const [fault, times] of Object.entries(faults)) assert.ok(times > 0, fault);
  assert.ok(created > 0 && refused > 0, `${created} created, ${refused} refused`);
});
