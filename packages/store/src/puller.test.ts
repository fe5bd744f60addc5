import { expect } from '@open-wc/testing';
import type { LocalCollection } from './database.js';
import type { HttpClient } from './http-client.js';
import { Puller } from './puller.js';
import type { Checkpoint } from './puller.js';
import { definitionOf } from './scopes.js';
import type { Claims } from './session.js';
import { SyncError } from './sync-error.js';

const STAFF: Claims = {
  role: 'staff',
  subject: 'M1',
  customer: null,
  manager: 'M1',
  branch: null,
  duties: ['client-manager'],
  iat: null,
  exp: 0,
};

const opened = new Set(['a', 'b', 'c']);

/** A puller of three customers' assessments, each deleted, from a server that `answer` stands in for. */
function pullerOf(answer: (scope: string, limit: number) => unknown, stored: string[] = []) {
  const broken: true[] = [];
  const post = (_: string, { scope, limit }: { scope: string; limit: number }) =>
    new Promise((resolve) => resolve(answer(scope, limit)));
  const ended: string[] = [];
  const found = stored.map((id) => ({ id, toMutableJSON: () => ({ id }) }));
  const collection = { find: () => ({ exec: () => Promise.resolve(found) }) };
  const puller = new Puller(definitionOf('assessments'), collection as unknown as LocalCollection, {
    client: { post } as unknown as HttpClient,
    signal: new AbortController().signal,
    opened,
    isStranger: () => Promise.resolve(stored.length > 0),
    hold: () => Promise.resolve(),
    onQuarantine: () => undefined,
    onBroken: () => broken.push(true),
    onEnd: (keys) => ended.push(...keys),
  });
  return { puller, ended, broken };
}

const page = (scope: string) => ({
  documents: [{ id: scope, _deleted: true }],
  checkpoint: { e: 1, v: 1 },
  more: false,
});

describe('a pull over several scopes', () => {
  it('that fails at one of them keeps what it had read, and goes on there when it is tried again', async () => {
    let fails = true;
    const { puller, ended, broken } = pullerOf((scope) => {
      if (scope === 'c:b' && fails) throw new SyncError('network', 'lost');
      return page(scope);
    });
    const first = await puller.pull(STAFF, undefined, 100);
    expect(first.documents.map(({ id }) => id)).to.deep.equal(['c:a']);
    expect(broken).to.have.length(1);
    const failure = await puller
      .pull(STAFF, first.checkpoint, 100)
      .catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(SyncError);
    expect(ended).to.deep.equal([]);
    fails = false;
    // What the first one gave was not stored: all is asked for that its checkpoint doesn't cover.
    const again = await puller.pull(STAFF, undefined, 100);
    expect(again.documents.map(({ id }) => id)).to.deep.equal(['c:a', 'c:b', 'c:c']);
    expect(Object.keys(again.checkpoint)).to.deep.equal(['c:a', 'c:b', 'c:c']);
    expect(ended).to.have.length.above(0);
  });

  it('asks for more while the network is fast, and for less when it is slow', async () => {
    const limits: number[] = [];
    const { now } = performance;
    let late = 0;
    let slow = 0;
    const { puller } = pullerOf((scope, limit) => {
      limits.push(limit);
      late += slow;
      const documents = Array.from({ length: limit }, (_, n) => ({ id: `${n}`, _deleted: true }));
      return { ...page(scope), documents, more: true };
    });
    performance.now = () => now.call(performance) + late;
    try {
      await puller.pull(STAFF, undefined, 1_000);
      expect(limits.splice(0)).to.deep.equal([100, 200, 400, 300]);
      slow = 3_000;
      await puller.pull(STAFF, undefined, 1_000);
      expect(limits).to.deep.equal([1_000]);
      limits.length = 0;
      await puller.pull(STAFF, undefined, 1_000);
      expect(limits).to.deep.equal([500, 250, 125, 63, 32, 25, 5]);
    } finally {
      performance.now = now;
    }
  });

  it('asks for less after a request that got no answer in time, and not after one that failed at once', async () => {
    const limits: number[] = [];
    const { now } = performance;
    let late = 0;
    let slow = 30_000;
    const { puller } = pullerOf((_, limit) => {
      limits.push(limit);
      late += slow;
      throw new SyncError('network', 'no answer');
    });
    performance.now = () => now.call(performance) + late;
    try {
      for (let n = 0; n < 2; n++) await puller.pull(STAFF, undefined, 1_000).catch(() => undefined);
      slow = 0;
      for (let n = 0; n < 2; n++) await puller.pull(STAFF, undefined, 1_000).catch(() => undefined);
      expect(limits).to.deep.equal([100, 50, 25, 25]);
    } finally {
      performance.now = now;
    }
  });

  it('gives all of it again when it was not stored, also what a customer leaves who left the desk', async () => {
    const { puller } = pullerOf(page, ['left-1']);
    const before = { 'c:z': { e: 1, v: 1 } };
    const ids = async () => {
      const { documents } = await puller.pull(STAFF, before, 100);
      return documents.map(({ id }) => id);
    };
    expect(await ids()).to.deep.equal(['left-1', 'c:a', 'c:b', 'c:c']);
    expect(await ids()).to.deep.equal([]);
    puller.discard();
    expect(await ids()).to.deep.equal(['left-1', 'c:a', 'c:b', 'c:c']);
  });

  it('gives what a customer leaves each time who leaves the desk', async () => {
    const { puller } = pullerOf(page, ['left-1']);
    const ids = async (checkpoint: Checkpoint) => {
      const { documents } = await puller.pull(STAFF, checkpoint, 100);
      return documents.map(({ id }) => id);
    };
    const before = { 'c:z': { e: 1, v: 1 } };
    expect(await ids(before)).to.include('left-1');
    // Back at the desk.
    opened.add('z');
    await puller.pull(STAFF, {}, 100);
    opened.delete('z');
    expect(await ids(before)).to.deep.equal(['left-1']);
  });

  it('asks each once, and again only the one of which a hint comes', async () => {
    const asked: string[] = [];
    const { puller } = pullerOf((scope) => {
      asked.push(scope);
      return page(scope);
    });
    const { checkpoint } = await puller.pull(STAFF, undefined, 100);
    await puller.pull(STAFF, checkpoint, 100);
    puller.touch('c:b');
    await puller.pull(STAFF, checkpoint, 100);
    expect(asked).to.deep.equal(['c:a', 'c:b', 'c:c', 'c:b']);
  });
});
