import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DatabaseError } from './database.js';
import { lockFolder } from './folder-lock.js';

describe("a folder of PGlite's", () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'liyu-lock-'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));
  const mark = (name: string, content: string) => {
    const dir = join(root, name);
    writeFileSync(`${dir}.lock`, content);
    return dir;
  };

  it('is one process at a time, and one database at a time', () => {
    const dir = join(root, 'deep', 'db');
    const release = lockFolder(dir);
    assert.throws(() => lockFolder(dir), DatabaseError);
    release();
    assert.ok(!existsSync(`${dir}.lock`));
    lockFolder(dir)();
  });

  it('stays with a process that lives', () => {
    const dir = mark('alive', JSON.stringify({ pid: process.ppid, started: 1 }));
    assert.throws(() => lockFolder(dir), new RegExp(`in use by process ${process.ppid}`));
  });

  it('is free after a process that ended without leave', () => {
    const left = [
      JSON.stringify({ pid: 2 ** 22 + 1, started: 1 }),
      // The same number as ours, from before: every process of a container may be number 1.
      JSON.stringify({ pid: process.pid, started: 1 }),
      '',
      'not JSON',
    ];
    for (const [index, content] of left.entries()) lockFolder(mark(`dead-${index}`, content))();
  });
});
