import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { liyu } from '../testing/liyu-command.js';

it('liyu migrate says which steps it took', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'liyu-migrate-'));
  try {
    const env = { DATABASE_URL: `pglite:${join(dir, 'new', 'db')}` };
    const first = await liyu(['migrate'], env);
    assert.deepEqual([first.code, first.stderr], [0, '']);
    assert.match(first.stdout, /^applied 1 documents, scopes and their feed\napplied 2 metrics\n/);
    const second = await liyu(['migrate'], env);
    assert.deepEqual([second.code, second.stdout, second.stderr], [0, 'up to date\n', '']);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
