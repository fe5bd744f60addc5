import { expect } from '@open-wc/testing';
import { SourceRequest } from '@liyu/widgets';
import type { Source } from '@liyu/widgets';
import { breakNetwork, intercept } from './fixtures/network.testing.js';
import {
  CHEN,
  ZHAO,
  aKit,
  aSubject,
  clearPage,
  onDevice,
  pause,
  place,
  placeKit,
  sourceOf,
  stateOf,
  textOf,
  until,
  untilShown,
} from './fixtures/page.testing.js';
import type { Kit } from './kit.js';
import './liyu.js';

/** Codes of the errors of a kit, from now on. */
function codesOf(kit: Kit): string[] {
  const codes: string[] = [];
  kit.addEventListener('liyu-error', ({ detail }) => codes.push(detail.code));
  return codes;
}

/** Streams of hints that were opened, which is one per store. */
function streams(): readonly Request[] {
  const opened: Request[] = [];
  intercept((request) => {
    if (request.url.includes('/events?')) opened.push(request);
    return undefined;
  });
  return opened;
}

describe('kit, more than one in a page', () => {
  afterEach(clearPage);

  it('shares one store with a kit of the same subject, until the last one leaves', async () => {
    const opened = streams();
    const subject = aSubject();
    const first = placeKit(CHEN.id, { subject });
    const second = placeKit(CHEN.id, { subject });
    const badge = place('liyu-tier-badge', {}, first);
    const card = place('liyu-customer-card', {}, second);
    await untilShown(badge, CHEN.rung);
    await untilShown(card, CHEN.name);
    expect(opened).to.have.length(1);
    first.remove();
    await untilShown(place('liyu-benefit-panel', {}, second), '权益');
    await until(() => second.status?.state === 'ready', 'ready');
    expect(opened).to.have.length(1);
  });

  it('tells a kit that joins later what the store is doing', async () => {
    const subject = aSubject();
    const first = placeKit(CHEN.id, { subject });
    await untilShown(place('liyu-tier-badge'), CHEN.rung);
    await until(() => first.status?.state === 'ready', 'ready');
    const second = placeKit(CHEN.id, { subject });
    expect(second.status).to.deep.equal(first.status);
  });

  it('takes an endpoint with a slash at its end for the same', () => {
    const subject = aSubject();
    placeKit(CHEN.id, { subject });
    const second = aKit(CHEN.id, { subject, endpoint: '/liyu/' });
    const codes = codesOf(second);
    document.body.append(second);
    expect(codes).to.deep.equal([]);
  });

  it('refuses a kit of another subject, whose widgets get nothing of the first', async () => {
    placeKit(CHEN.id);
    const refused = aKit(ZHAO.id);
    const codes = codesOf(refused);
    document.body.append(refused);
    const inside = place('liyu-tier-badge', {}, refused);
    const outside = place('liyu-tier-badge');
    await untilShown(outside, CHEN.rung);
    expect(codes).to.deep.equal(['subject_conflict']);
    expect(sourceOf(inside) === null).to.equal(true);
    await pause(300);
    expect(stateOf(inside)).to.equal('loading');
    expect(textOf(inside)).not.to.contain(CHEN.rung);
  });

  it('gives the page to a refused kit when the others have left', async () => {
    const first = placeKit(CHEN.id);
    const refused = placeKit(ZHAO.id);
    const badge = place('liyu-tier-badge', {}, refused);
    await untilShown(place('liyu-tier-badge'), CHEN.rung);
    first.remove();
    await untilShown(badge, ZHAO.rung);
  });

  it('lets a kit follow one of another subject that was removed in the same task', async () => {
    const first = placeKit(CHEN.id);
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    const second = aKit(ZHAO.id);
    const codes = codesOf(second);
    first.replaceWith(second);
    await untilShown(badge, ZHAO.rung);
    expect(codes).to.deep.equal([]);
  });

  it('answers the widgets inside it before what answers for the page', () => {
    const ofPage = { page: true } as unknown as Source;
    const answer = (event: Event) => {
      event.stopImmediatePropagation();
      (event as SourceRequest).provide(ofPage);
    };
    document.addEventListener(SourceRequest.type, answer);
    try {
      const kit = placeKit(CHEN.id);
      const inside = sourceOf(place('liyu-tier-badge', {}, kit));
      expect(inside === null).to.equal(false);
      expect(inside === ofPage).to.equal(false);
      const enclosed = placeKit(CHEN.id, { subject: kit.getAttribute('subject')! });
      kit.append(enclosed);
      expect(sourceOf(place('liyu-tier-badge', {}, enclosed)) === inside).to.equal(true);
    } finally {
      document.removeEventListener(SourceRequest.type, answer);
    }
  });

  it('answers widgets inside the shadow trees of the portal', async () => {
    placeKit(CHEN.id);
    const host = place('div');
    const badge = document.createElement('liyu-tier-badge');
    host.attachShadow({ mode: 'closed' }).append(badge);
    await untilShown(badge, CHEN.rung);
  });
});

describe('kit, moved and removed', () => {
  afterEach(clearPage);

  it('keeps its store and its widgets when it is moved in the page', async () => {
    const opened = streams();
    const kit = placeKit(CHEN.id);
    const inside = place('liyu-tier-badge', {}, kit);
    const outside = place('liyu-tier-badge');
    await untilShown(inside, CHEN.rung);
    await untilShown(outside, CHEN.rung);
    const source = sourceOf(inside);
    place('main').append(kit);
    await pause(50);
    expect(sourceOf(inside) === source).to.equal(true);
    expect(sourceOf(outside) === source).to.equal(true);
    kit.setAttribute('locale', 'en');
    await untilShown(inside, CHEN.rungInEnglish);
    await untilShown(outside, CHEN.rungInEnglish);
    expect(opened).to.have.length(1);
  });

  it('closes the store when it is removed; a later kit opens the same again', async () => {
    const subject = aSubject();
    const kit = placeKit(CHEN.id, { subject });
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    await until(() => kit.status?.state === 'ready', 'all pulled');
    const source = sourceOf(badge)!;
    kit.remove();
    await pause(0);
    expect(sourceOf(badge) === null).to.equal(true);
    expect(kit.status).to.equal(null);
    badge.remove();
    breakNetwork();
    const later = placeKit(CHEN.id, { subject });
    await untilShown(place('liyu-tier-badge'), CHEN.rung);
    expect(sourceOf(later) === source).to.equal(false);
  });

  for (const opened of [false, true]) {
    const what = opened ? 'a closed store' : 'a store that was never opened';
    it(`writes nothing to ${what} once the kit has left`, async () => {
      const kit = placeKit(CHEN.id);
      const source = sourceOf(kit)!;
      if (opened) await untilShown(place('liyu-tier-badge'), CHEN.rung);
      kit.remove();
      await pause(0);
      const write = source.saveDraft('survey:1', { q1: 4 }).then(() => 'written');
      expect(await write.catch(() => 'refused')).to.equal('refused');
      await kit.logout({ discard: true });
      expect(await onDevice()).to.deep.equal([]);
    });
  }

  it('opens and closes as often as a router inserts and removes it', async () => {
    const subject = aSubject();
    const badge = place('liyu-tier-badge');
    for (let i = 0; i < 5; i++) {
      const kit = placeKit(CHEN.id, { subject });
      await pause(i * 15);
      kit.remove();
    }
    const kit = placeKit(CHEN.id, { subject });
    await untilShown(badge, CHEN.rung);
    await until(() => kit.status?.state === 'ready', 'ready');
  });
});
