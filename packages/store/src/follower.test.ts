import { aTimeout, expect } from '@open-wc/testing';
import { BehaviorSubject, Subject } from 'rxjs';
import { Follower } from './follower.js';
import type { FollowerOptions, PulledPage } from './follower.js';
import type { Checkpoint } from './puller.js';

const LIMIT = 3;
const at = (v: number): Checkpoint => ({ 'c:1': { e: 1, v } });
const pageOf = (v: number, count = 1): PulledPage => ({
  documents: Array.from({ length: count }, (_, n) => ({ id: `${v}-${n}`, _deleted: false })),
  checkpoint: at(v),
});

/** A follower of a replication that is at rest behind version 1. */
function startAtRest() {
  const active = { up: new BehaviorSubject(false), down: new BehaviorSubject(false) };
  const error = new Subject();
  const asked: Checkpoint[] = [];
  const answers: { resolve: (page: PulledPage) => void; reject: (error: Error) => void }[] = [];
  const handed: (PulledPage | 'RESYNC')[] = [];
  let discards = 0;
  const ending = new AbortController();
  const follower = new Follower({
    inner: (() => {
      return { events: { active, error }, streamQueue: { down: Promise.resolve() } };
    }) as unknown as FollowerOptions['inner'],
    pull: (checkpoint) => {
      asked.push(checkpoint);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
    limit: LIMIT,
    onDiscard: () => (discards += 1),
    signal: ending.signal,
  });
  follower.stream.subscribe((task) => handed.push(task));
  follower.onPage(pageOf(1), LIMIT);
  return {
    ...{ follower, active, error, asked, handed, ending },
    discards: () => discards,
    /** The server answers what was asked last. */
    async answer(page: PulledPage | Error) {
      await aTimeout(0);
      const last = answers.at(-1);
      if (page instanceof Error) last?.reject(page);
      else last?.resolve(page);
      await aTimeout(0);
    },
    /** RxDB stores what it was handed. */
    async store(failure?: Error) {
      active.down.next(true);
      await aTimeout(0);
      if (failure !== undefined) error.next(failure);
      active.down.next(false);
      await aTimeout(0);
    },
  };
}

describe('a page that follows a hint', () => {
  it('is handed to RxDB, and the next one is read from where it led', async () => {
    const { follower, answer, store, asked, handed, discards } = startAtRest();
    follower.ask();
    await answer(pageOf(2));
    expect(handed).to.deep.equal([pageOf(2)]);
    await store();
    follower.ask();
    await answer(pageOf(2, 0));
    expect(asked).to.deep.equal([at(1), at(2)]);
    expect(handed).to.have.length(1);
    expect(discards()).to.equal(0);
  });

  it('is not read on from before it is stored', async () => {
    const { follower, answer, store, asked, handed } = startAtRest();
    follower.ask();
    await answer(pageOf(2));
    follower.ask();
    follower.ask();
    await aTimeout(0);
    expect(asked).to.deep.equal([at(1)]);
    let stored = false;
    void follower.stored.then(() => (stored = true));
    await aTimeout(0);
    expect(stored).to.equal(false);
    await store();
    expect(stored).to.equal(true);
    expect(asked).to.deep.equal([at(1), at(2)]);
    await answer(pageOf(3));
    await store();
    expect(handed).to.deep.equal([pageOf(2), pageOf(3)]);
    expect(asked).to.have.length(2);
  });

  it('is left to RxDB while it pulls, and until it has pulled to the end', async () => {
    const { follower, active, asked, handed } = startAtRest();
    active.down.next(true);
    follower.ask();
    await aTimeout(0);
    expect(handed).to.deep.equal(['RESYNC']);
    active.down.next(false);
    follower.ask();
    await aTimeout(0);
    follower.onPage(pageOf(2, LIMIT), LIMIT);
    follower.ask();
    await aTimeout(0);
    expect(handed).to.deep.equal(['RESYNC', 'RESYNC', 'RESYNC']);
    expect(asked).to.deep.equal([]);
    follower.onPage(pageOf(3, LIMIT - 1), LIMIT);
    follower.ask();
    await aTimeout(0);
    expect(asked).to.deep.equal([at(3)]);
  });

  it('waits for a push', async () => {
    const { follower, active, asked } = startAtRest();
    active.up.next(true);
    follower.ask();
    await aTimeout(0);
    expect(asked).to.deep.equal([]);
    active.up.next(false);
    await aTimeout(0);
    expect(asked).to.deep.equal([at(1)]);
  });

  it('is pulled again by RxDB when a push began meanwhile, whether it is through or not', async () => {
    for (const isThrough of [true, false]) {
      const { follower, active, answer, handed, discards } = startAtRest();
      follower.ask();
      await aTimeout(0);
      active.up.next(true);
      if (isThrough) {
        follower.onPush();
        active.up.next(false);
      }
      await answer(pageOf(2));
      expect(handed).to.deep.equal(['RESYNC']);
      expect(discards()).to.equal(1);
    }
  });

  it('is pulled again when RxDB was asked to pull meanwhile', async () => {
    const { follower, answer, handed, discards } = startAtRest();
    follower.ask();
    await aTimeout(0);
    follower.resync();
    await answer(pageOf(2));
    expect(handed).to.deep.equal(['RESYNC', 'RESYNC']);
    expect(discards()).to.equal(1);
  });

  it('is pulled again when RxDB began to pull meanwhile', async () => {
    const { follower, active, answer, handed, discards } = startAtRest();
    follower.ask();
    await aTimeout(0);
    active.down.next(true);
    await answer(pageOf(2));
    expect(handed).to.deep.equal(['RESYNC']);
    expect(discards()).to.equal(1);
  });

  it('is pulled again when RxDB could not store it, or the page before', async () => {
    const { follower, error, answer, store, asked, handed, discards } = startAtRest();
    follower.ask();
    await answer(pageOf(2));
    await store(new Error('no room'));
    expect(handed).to.deep.equal([pageOf(2), 'RESYNC']);
    expect(discards()).to.be.above(0);
    follower.onPage(pageOf(3), LIMIT);
    error.next(new Error('no room'));
    follower.ask();
    await aTimeout(0);
    expect(handed).to.deep.equal([pageOf(2), 'RESYNC', 'RESYNC']);
    expect(asked).to.have.length(1);
  });

  it('is handed on when it is full, and RxDB pulls what follows', async () => {
    const { follower, answer, store, handed, discards } = startAtRest();
    follower.ask();
    await answer(pageOf(2, LIMIT));
    await store();
    expect(handed).to.deep.equal([pageOf(2, LIMIT), 'RESYNC']);
    expect(discards()).to.equal(0);
  });

  it('that fails is left to RxDB', async () => {
    const { follower, answer, handed, discards } = startAtRest();
    follower.ask();
    await answer(new Error('lost'));
    expect(handed).to.deep.equal(['RESYNC']);
    expect(discards()).to.equal(0);
  });

  it('is nothing any more once the store closes', async () => {
    const { follower, ending, answer, asked, handed } = startAtRest();
    follower.ask();
    await answer(pageOf(2));
    ending.abort();
    await aTimeout(0);
    follower.ask();
    await aTimeout(0);
    expect(handed).to.deep.equal([pageOf(2)]);
    expect(asked).to.have.length(1);
  });

  it('is not asked for when the store closes while it waits for a push', async () => {
    const { follower, active, ending, asked } = startAtRest();
    active.up.next(true);
    follower.ask();
    await aTimeout(0);
    ending.abort();
    await aTimeout(0);
    expect(asked).to.deep.equal([]);
  });
});
