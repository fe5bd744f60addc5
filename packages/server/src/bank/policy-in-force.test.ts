import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import { DEFAULT_POLICY_DIR, PolicyError, loadPolicy } from '@liyu/policy/node';
import type { Database } from '../db/database.js';
import { migrateSchema } from '../db/migrate.js';
import { readCollection } from '../sync/stored-doc.js';
import { onEveryEngine } from '../testing/engines.js';
import { testServers } from '../testing/test-server.js';
import { policyByHash, policyInForce, recordPolicy } from './policy-in-force.js';
import { publishRules } from './publish-rules.js';

const shipped = loadPolicy();
const start = testServers();
const WHO = { maker: 'm-1', checker: 'm-2' };
let dir: string;

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'liyu-force-'));
  cpSync(DEFAULT_POLICY_DIR, dir, { recursive: true });
  const path = join(dir, 'tier-ladder.json');
  const ladder = readFileSync(path, 'utf8').replace('"1.0.0"', '"1.1.0"');
  writeFileSync(path, ladder.replaceAll('50000000\n', '60000000\n'));
});
after(() => rmSync(dir, { recursive: true }));

const published = async (db: Database) => {
  const [doc] = await readCollection(db, '', 'policies');
  return doc?.hash;
};

onEveryEngine((fresh) => {
  it('works by the rules of the folder, else the last published, else the shipped ones', async () => {
    const db = await fresh();
    await migrateSchema(db);
    const next = loadPolicy(dir);
    assert.notEqual(next.hash, shipped.hash);
    assert.deepEqual(await policyInForce(db, undefined), shipped);
    assert.equal(await publishRules(db, collections, next, WHO), true);
    assert.deepEqual(await policyInForce(db, undefined), next);
    assert.deepEqual(await policyInForce(db, DEFAULT_POLICY_DIR), shipped);
    assert.equal(await published(db), next.hash);
  });

  it('publishes the rules in force only once, and earlier ones again', async () => {
    const db = await fresh();
    await migrateSchema(db);
    const next = loadPolicy(dir);
    const done = [];
    for (const policy of [shipped, shipped, next, shipped, shipped]) {
      done.push(await publishRules(db, collections, policy, WHO));
    }
    assert.deepEqual(done, [true, false, true, true, false]);
    const rows = await db.query(
      'SELECT n, hash, maker, checker FROM policy_publication ORDER BY n',
    );
    assert.deepEqual(
      rows,
      [shipped, next, shipped].map(({ hash }, at) => ({ n: at + 1, hash, ...WHO })),
    );
    assert.equal(await published(db), shipped.hash);
  });

  it('gives each publication a number of its own when several are made at once', async () => {
    const db = await fresh();
    const next = loadPolicy(dir);
    // Opens as many connections, so that all of them start at once.
    await Promise.all(Array.from({ length: 6 }, () => db.query('SELECT pg_sleep(0.05)')));
    const all = [shipped, next, shipped, next, shipped, next];
    const done = await Promise.all(all.map((one) => publishRules(db, collections, one, WHO)));
    const rows = await db.query<{ n: number; hash: string }>(
      'SELECT n, hash FROM policy_publication ORDER BY n',
    );
    assert.deepEqual(
      rows.map(({ n }) => n),
      done.filter((isDone) => isDone).map((_, at) => at + 1),
    );
    for (const [at, { hash }] of rows.entries()) assert.notEqual(hash, rows[at + 1]?.hash);
    assert.equal(await published(db), rows.at(-1)?.hash);
  });

  it('finds the rules of old by their hash, and refuses them when they were tampered with', async () => {
    const db = await fresh();
    await migrateSchema(db);
    await recordPolicy(db, shipped);
    await recordPolicy(db, shipped);
    assert.deepEqual(await policyByHash(db, shipped.hash), shipped);
    assert.equal(await policyByHash(db, 'f'.repeat(64)), null);
    await db.query(`UPDATE policy SET files = jsonb_set(files, '{surveys,version}', '"9"')`);
    await assert.rejects(policyByHash(db, shipped.hash), /table policy: .* were changed/);
    await db.query(`UPDATE policy SET files = files - 'surveys'`);
    await assert.rejects(policyByHash(db, shipped.hash), PolicyError);
  });

  it('a server starts with what was published, and leaves it in force', async () => {
    const db = await fresh();
    await migrateSchema(db);
    const next = loadPolicy(dir);
    await publishRules(db, collections, next, WHO);
    const server = await start(db);
    assert.equal(server.policy.hash, next.hash);
    assert.equal(await published(db), next.hash);
    await server.close();
    await start(db, { policy: shipped });
    assert.equal(await published(db), shipped.hash);
    assert.deepEqual(await policyByHash(db, shipped.hash), shipped);
    assert.equal((await policyInForce(db, undefined)).hash, next.hash);
  });
});
