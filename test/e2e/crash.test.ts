// A server that is killed while devices push: whatever it acknowledged is there when it comes back. LIYU_CRASHES is
// how often, 5 unless said otherwise. It is the process that dies, not the machine: PGlite doesn't force what it
// writes to the disk, and the PostgreSQL here doesn't either.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import { openDatabase } from '@liyu/server';
import { writeDocs } from '../../packages/server/src/sync/write-docs.js';
import { createIssuer } from '../../packages/server/src/testing/issuer.js';
import type { Issuer } from '../../packages/server/src/testing/issuer.js';
import { LiyuCommand, liyu } from '../../packages/server/src/testing/liyu-command.js';
import { invitation } from '../../packages/server/src/testing/records.js';
import { startPostgres } from '../postgres/start-postgres.js';

const CRASHES = Number(process.env.LIYU_CRASHES ?? 5);
const CUSTOMERS = 3;
const SURVEYS = 40;
/** Surveys that one push declines. */
const BATCH = 2;

interface Pulled {
  documents: { id: string; state: string }[];
  checkpoint: { e: number; v: number };
  more: boolean;
}

/** A customer's device: what was acknowledged to it, and what it doesn't know the fate of. */
class Device {
  readonly acknowledged = new Set<string>();
  readonly unknown: string[][] = [];
  checkpoint: Pulled['checkpoint'] | null = null;
  readonly #held = new Map<string, string>();

  constructor(
    readonly customer: string,
    private readonly token: string,
  ) {}

  async push(url: string, ids: readonly string[]): Promise<void> {
    const rows = ids.map((id) => {
      const held = invitation(this.customer, id);
      return { newDocumentState: { ...held, state: 'declined' }, assumedMasterState: held };
    });
    const answer = await this.#post(`${url}/sync/v1/push`, { rows });
    assert.deepEqual(answer, { conflicts: [], rejects: [] });
    for (const id of ids) this.acknowledged.add(id);
  }

  /** Goes on from its last checkpoint; the state of each survey it has seen. */
  async pull(url: string): Promise<Map<string, string>> {
    for (;;) {
      const page = (await this.#post(`${url}/sync/v1/pull`, {
        cp: this.checkpoint,
        limit: 500,
      })) as Pulled;
      for (const { id, state } of page.documents) this.#held.set(id, state);
      this.checkpoint = page.checkpoint;
      if (!page.more) return this.#held;
    }
  }

  async #post(url: string, body: object): Promise<unknown> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.token}` },
      body: JSON.stringify({ coll: 'surveys', scope: `c:${this.customer}`, sv: 0, ...body }),
    });
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return JSON.parse(text);
  }
}

const databases: [
  name: string,
  make: (dir: string) => Promise<{ url: string; stop?: () => Promise<void> }>,
][] = [
  ['PostgreSQL', () => startPostgres()],
  ['PGlite', (dir) => Promise.resolve({ url: `pglite:${join(dir, 'db')}` })],
];

for (const [name, make] of databases) {
  describe(`a server that is killed during pushes, on ${name}`, () => {
    let dir: string;
    let issuer: Issuer;
    let database: Awaited<ReturnType<typeof make>>;
    let env: Record<string, string>;
    const customersOf = (crash: number) =>
      Array.from({ length: CUSTOMERS }, (_, n) => `c-${crash}-${n}`);
    const ids = Array.from({ length: SURVEYS }, (_, n) => `s${n}`);

    before(async () => {
      dir = mkdtempSync(join(tmpdir(), 'liyu-crash-'));
      issuer = await createIssuer();
      writeFileSync(join(dir, 'keys.json'), JSON.stringify(issuer.jwks));
      database = await make(dir);
      env = {
        ...{ DATABASE_URL: database.url, PORT: '0', LIYU_JWKS_FILE: join(dir, 'keys.json') },
        ...{ LIYU_ISSUER: issuer.issuer, LIYU_AUDIENCE: issuer.audience, LOG_LEVEL: 'error' },
      };
      assert.equal((await liyu(['migrate'], env)).code, 0);
      const db = await openDatabase(database.url);
      for (let crash = 0; crash < CRASHES; crash++) {
        for (const customer of customersOf(crash)) {
          const surveys = ids.map((id) => ({ coll: 'surveys', doc: invitation(customer, id) }));
          await writeDocs(db, collections, `c:${customer}`, surveys);
        }
      }
      await db.close();
    });
    after(async () => {
      await database.stop?.();
      rmSync(dir, { recursive: true, force: true });
    });

    it(`loses no acknowledged write, ${CRASHES} times`, async (t) => {
      let acknowledged = 0;
      let cut = 0;
      let server = new LiyuCommand(['serve'], env);
      for (let crash = 0; crash < CRASHES; crash++) {
        const url = await server.url();
        const devices = await Promise.all(
          customersOf(crash).map(async (one) => new Device(one, await issuer.token(one))),
        );
        for (const device of devices) await device.pull(url);
        let left = 1 + Math.floor(Math.random() * ((CUSTOMERS * SURVEYS) / BATCH / 2));
        // Two pushes of each device are under way at any time.
        const pushing = devices.flatMap((device) => {
          const todo = [...ids];
          const next = async () => {
            for (;;) {
              const batch = todo.splice(0, BATCH);
              if (batch.length === 0) return;
              try {
                await device.push(url, batch);
              } catch (error) {
                if (error instanceof assert.AssertionError) throw error;
                device.unknown.push(batch);
                return;
              }
              if (--left === 0) server.child.kill('SIGKILL');
            }
          };
          return [next(), next()];
        });
        await Promise.all(pushing);
        assert.equal((await server.result()).code, null);

        server = new LiyuCommand(['serve'], env);
        const again = await server.url();
        for (const device of devices) {
          acknowledged += device.acknowledged.size;
          cut += device.unknown.length;
          const held = await device.pull(again);
          for (const id of device.acknowledged) {
            assert.equal(held.get(id), 'declined', `${device.customer} ${id} is lost`);
          }
          // Of the others each is whole or not there at all, and sent again it is taken.
          for (const batch of device.unknown) {
            assert.equal(new Set(batch.map((id) => held.get(id))).size, 1, 'half a push');
            await device.push(again, batch);
          }
          const whole = await new Device(device.customer, await issuer.token(device.customer)).pull(
            again,
          );
          assert.deepEqual(await device.pull(again), whole);
        }
      }
      server.child.kill('SIGTERM');
      assert.equal((await server.result()).code, 0);
      assert.ok(cut > 0, 'no push was under way');
      t.diagnostic(`${acknowledged} writes acknowledged, ${cut} pushes cut`);
    });
  });
}
