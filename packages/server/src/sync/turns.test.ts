import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueueFull, Turns } from './turns.js';

it('lets one in at a time for a key, in order, and other keys meanwhile', async () => {
  const turns = new Turns();
  const log: string[] = [];
  const work = (name: string) => async () => {
    log.push(`${name} in`);
    await sleep(5);
    log.push(`${name} out`);
    return name;
  };
  const done = Promise.all([
    turns.run('a', work('a1')),
    turns.run('a', work('a2')),
    turns.run('b', work('b1')),
  ]);
  assert.deepEqual(await done, ['a1', 'a2', 'b1']);
  const ofA = log.filter((line) => line.startsWith('a'));
  assert.deepEqual(ofA, ['a1 in', 'a1 out', 'a2 in', 'a2 out']);
  assert.ok(log.indexOf('b1 in') < log.indexOf('a1 out'));
});

it('goes on after one that failed', async () => {
  const turns = new Turns();
  const failed = turns.run('a', () => Promise.reject(new Error('no')));
  const next = turns.run('a', () => Promise.resolve('yes'));
  await assert.rejects(failed, /no/);
  assert.equal(await next, 'yes');
});

it('turns away who comes to a queue that is full, and no one afterwards', async () => {
  const turns = new Turns();
  const waiting = Array.from({ length: 64 }, () => turns.run('a', () => sleep(1)));
  await assert.rejects(
    turns.run('a', () => Promise.resolve()),
    QueueFull,
  );
  await Promise.all(waiting);
  assert.equal(await turns.run('a', () => Promise.resolve('in')), 'in');
});
