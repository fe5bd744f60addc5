// A disk that fills up under PostgreSQL while devices push: nothing is acknowledged that isn't there, the node says
// "later" instead of breaking, and goes on by itself when there is room again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { newCase } from '@liyu/model';
import { startServer } from '../../packages/server/src/start-server.js';
import type { RunningServer } from '../../packages/server/src/start-server.js';
import { createIssuer } from '../../packages/server/src/testing/issuer.js';
import { startPostgres } from '../postgres/start-postgres.js';
import type { RunningPostgres } from '../postgres/start-postgres.js';

const SIZE = '180m';
const CUSTOMER = 'c-anna';
/** Some 100 kB a push: what is taken fills a disk that is nearly full already. */
const STEP = '礼'.repeat(2_000);
const PATIENCE = 60_000;

const mount = mountSmallDisk();

describe('a disk that fills up', { skip: mount.refused }, () => {
  const outside = process.env.TMPDIR;
  let postgres: RunningPostgres;
  let server: RunningServer;
  let token: string;

  before(async () => {
    process.env.TMPDIR = mount.dir;
    postgres = await startPostgres([
      'shared_buffers=16MB',
      'max_wal_size=48MB',
      'min_wal_size=32MB',
    ]);
    if (outside === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = outside;
    const issuer = await createIssuer();
    server = await startServer({ database: postgres.url, auth: issuer });
    token = await issuer.token(CUSTOMER);
  });
  after(async () => {
    await server.close();
    await postgres.stop();
    mount.remove();
  });

  const post = async (path: string, body: object): Promise<{ status: number; json: unknown }> => {
    const response = await fetch(`${server.url}/sync/v1/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ coll: 'cases', scope: `c:${CUSTOMER}`, sv: 0, ...body }),
    });
    return { status: response.status, json: await response.json() };
  };
  const open = async (): Promise<{ id: string; status: number }> => {
    const doc = newCase({ customer: CUSTOMER, kind: 'callback', text: STEP });
    const { status } = await post('push', { rows: [{ newDocumentState: doc }] });
    return { id: doc.id, status };
  };
  const held = async (): Promise<Set<string>> => {
    const found = new Set<string>();
    let cp: unknown = null;
    for (;;) {
      const { status, json } = await post('pull', { cp, limit: 1_000 });
      assert.equal(status, 200);
      const page = json as { documents: { id: string }[]; checkpoint: unknown; more: boolean };
      for (const { id } of page.documents) found.add(id);
      cp = page.checkpoint;
      if (!page.more) return found;
    }
  };

  it('loses nothing that was acknowledged, and goes on when there is room', async () => {
    const acknowledged: string[] = [];
    const before = await open();
    assert.equal(before.status, 200);
    acknowledged.push(before.id);

    const filler = join(mount.dir, 'filler');
    fill(filler);
    const refused: number[] = [];
    for (let n = 0; n < 400 && refused.length < 5; n++) {
      const { id, status } = await open();
      if (status === 200) acknowledged.push(id);
      else refused.push(status);
    }
    assert.equal(refused.length, 5, `a disk of ${SIZE} that takes ${acknowledged.length} pushes`);
    assert.deepEqual([...new Set(refused)], [503]);

    rmSync(filler);
    const end = Date.now() + PATIENCE;
    let again = await open();
    while (again.status !== 200 && Date.now() < end) {
      await sleep(250);
      again = await open();
    }
    assert.equal(again.status, 200, 'there is room again');
    acknowledged.push(again.id);
    const there = await held();
    const lost = acknowledged.filter((id) => !there.has(id));
    assert.deepEqual(lost, []);
  });
});

/** Takes all the room that is left. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  const block = Buffer.alloc(64 * 1024);
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'ENOSPC');
  } finally {
    closeSync(file);
  }
}

function mountSmallDisk(): { dir: string; refused: string | false; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'liyu-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=1777`, 'tmpfs', dir], {
      stdio: 'pipe',
    });
  } catch {
    rmSync(dir, { recursive: true });
    return { dir, refused: 'no disk may be mounted here', remove: () => undefined };
  }
  const remove = () => {
    execFileSync('umount', ['-l', dir]);
    rmSync(dir, { recursive: true });
  };
  return { dir, refused: false, remove };
}
