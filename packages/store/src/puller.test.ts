import { expect } from '@open-wc/testing';
import type { LocalCollection } from './database.js';
import type { HttpClient } from './http-client.js';
import { Puller } from './puller.js';
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

/** A puller of three customers' assessments, each deleted, from a server that `answer` stands in for. */
function pullerOf(answer: (scope: string) => unknown): { puller: Puller; ended: string[] } {
  const post = (_: string, { scope }: { scope: string }) =>
    new Promise((resolve) => resolve(answer(scope)));
  const ended: string[] = [];
  const puller = new Puller(definitionOf('assessments'), {} as LocalCollection, {
    client: { post } as unknown as HttpClient,
    signal: new AbortController().signal,
    opened: new Set(['a', 'b', 'c']),
    isStranger: () => Promise.resolve(false),
    hold: () => Promise.resolve(),
    onQuarantine: () => undefined,
    onEnd: (keys) => ended.push(...keys),
  });
  return { puller, ended };
}

const page = (scope: string) => ({
  documents: [{ id: scope, _deleted: true }],
  checkpoint: { e: 1, v: 1 },
  more: false,
});

describe('a pull over several scopes', () => {
  it('that fails at one of them brings what it had read of the others when it is tried again', async () => {
    let fails = true;
    const { puller, ended } = pullerOf((scope) => {
      if (scope === 'c:b' && fails) throw new SyncError('network', 'lost');
      return page(scope);
    });
    const failure = await puller.pull(STAFF, undefined, 100).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(SyncError);
    expect(ended).to.deep.equal([]);
    fails = false;
    const { documents, checkpoint } = await puller.pull(STAFF, undefined, 100);
    expect(documents.map(({ id }) => id)).to.deep.equal(['c:a', 'c:b', 'c:c']);
    expect(Object.keys(checkpoint)).to.deep.equal(['c:a', 'c:b', 'c:c']);
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
