import assert from 'node:assert/strict';
import { it } from 'node:test';
import { MIGRATIONS } from '../db/migrations.js';
import { onEveryEngine } from '../testing/engines.js';
import { testServers } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';

const start = testServers();

onEveryEngine((fresh) => {
  const ask = async (server: TestServer) => {
    const answer = await server.send('/readyz', {});
    assert.equal((await server.send('/livez', {})).status, 200);
    return [answer.status, (answer.json as { reason?: string }).reason];
  };
  const serve = async () => start(await fresh(), { poll: 60_000 });

  it('a node is not ready while the database lacks a migration, as after a restore', async () => {
    const server = await serve();
    assert.deepEqual(await ask(server), [200, undefined]);
    const last = Math.max(...MIGRATIONS.map(({ id }) => id));
    await server.db.query('DELETE FROM migration WHERE id = $1', [last]);
    assert.deepEqual(await ask(server), [503, 'schema']);
    await server.db.query('DROP TABLE migration');
    assert.deepEqual(await ask(server), [503, 'schema']);
  });

  it('a node stays ready when a newer release has migrated', async () => {
    const server = await serve();
    await server.db.query(`INSERT INTO migration (id, name) VALUES (9999, 'of a newer release')`);
    assert.deepEqual(await ask(server), [200, undefined]);
  });

  it('a node is not ready while the database keeps it waiting, and ready again after', async () => {
    const server = await serve();
    let free = () => undefined as void;
    const gate = new Promise<void>((resolve) => (free = resolve));
    let locked = () => undefined as void;
    const isLocked = new Promise<void>((resolve) => (locked = resolve));
    const holding = server.db.transaction(async (tx) => {
      await tx.query('LOCK TABLE migration IN ACCESS EXCLUSIVE MODE');
      locked();
      await gate;
    });
    await isLocked;
    try {
      const started = performance.now();
      assert.deepEqual(await ask(server), [503, 'database']);
      assert.ok(performance.now() - started < 4_000);
    } finally {
      free();
      await holding;
    }
    assert.deepEqual(await ask(server), [200, undefined]);
  });
});
