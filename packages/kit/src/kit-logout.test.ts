import { expect } from '@open-wc/testing';
import type { Survey } from '@liyu/model';
import { breakNetwork, mendNetwork } from './fixtures/network.testing.js';
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
  tokenFor,
  until,
  untilShown,
} from './fixtures/page.testing.js';
import type { Kit } from './kit.js';
import './liyu.js';

/** What the kits of a page say of what is gone. */
function wipesOf(...kits: Kit[]): unknown[] {
  const wipes: unknown[] = [];
  for (const kit of kits) kit.addEventListener('liyu-wiped', ({ detail }) => wipes.push(detail));
  return wipes;
}

/** Answers a survey that nobody asked for, with the network broken; no other test is in the way. */
async function answerIn(kit: Kit): Promise<void> {
  const source = sourceOf(kit)!;
  const surveys: Survey[] = [];
  const stop = source.watch('surveys', (snapshot) => {
    if (snapshot.state === 'ready') surveys.splice(0, 1, ...snapshot.docs);
  });
  await until(() => surveys.length > 0, 'a survey');
  stop();
  breakNetwork();
  const now = new Date();
  const time = now.getTime().toString(16).padStart(12, '0');
  await source.submitSurvey({
    ...surveys[0]!,
    id: `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`,
    rev: 0,
    state: 'submitted',
    answers: { q1: 5 },
    callBack: false,
    submittedAt: now.toISOString(),
    receivedAt: null,
    receipt: null,
  });
}

async function refusalOf(kit: Kit): Promise<unknown> {
  return kit.logout().then(
    () => null,
    (error: unknown) => {
      const { name, unsent } = error as { name: string; unsent: number };
      return { name, unsent };
    },
  );
}

describe('kit, logout', () => {
  afterEach(clearPage);

  it('refuses while an answer is unsent, touches nothing, and goes once it is delivered', async () => {
    const kit = placeKit(CHEN.id);
    const wipes = wipesOf(kit);
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    expect(await kit.pendingCount()).to.equal(0);
    await answerIn(kit);
    expect(await kit.pendingCount()).to.equal(1);
    expect(await refusalOf(kit)).to.deep.equal({ name: 'UnsentWork', unsent: 1 });
    expect(stateOf(badge)).to.equal('ready');
    mendNetwork();
    await until(async () => (await kit.pendingCount()) === 0, 'delivered');
    expect(wipes).to.deep.equal([]);
    expect(await kit.logout()).to.deep.equal({ dropped: 0 });
    expect(wipes).to.deep.equal([{ reason: 'logout', unsent: 0 }]);
    expect(await onDevice()).to.deep.equal([]);
    await until(() => stateOf(badge) === 'signedOut', 'words');
  });

  it('says how many unsent writes went when they may be lost', async () => {
    const subject = aSubject();
    const kits = [placeKit(CHEN.id, { subject }), placeKit(CHEN.id, { subject })] as const;
    const wipes = wipesOf(...kits);
    await untilShown(place('liyu-tier-badge'), CHEN.rung);
    await answerIn(kits[0]);
    await answerIn(kits[0]);
    expect(await kits[1].logout({ discard: true })).to.deep.equal({ dropped: 2 });
    const detail = { reason: 'logout', unsent: 2 };
    expect(wipes).to.deep.equal([detail, detail]);
    expect(await onDevice()).to.deep.equal([]);
  });

  it('says how many went with the subject', async () => {
    const kit = placeKit(CHEN.id);
    const wipes = wipesOf(kit);
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    await answerIn(kit);
    kit.getToken = () => tokenFor(ZHAO.id);
    kit.setAttribute('subject', aSubject());
    await until(() => wipes.length > 0, 'told');
    expect(wipes).to.deep.equal([{ reason: 'subject_changed', unsent: 1 }]);
    mendNetwork();
    await untilShown(badge, ZHAO.rung);
  });

  it('counts what an earlier visit left, in one in which no widget asked', async () => {
    const subject = aSubject();
    const kit = placeKit(CHEN.id, { subject });
    await until(() => sourceOf(kit) !== null, 'a source');
    await untilShown(place('liyu-tier-badge'), CHEN.rung);
    await answerIn(kit);
    for (const element of document.querySelectorAll('liyu-tier-badge')) element.remove();
    kit.remove();
    await pause(0);
    const later = aKit(CHEN.id, { subject });
    document.body.append(later);
    const wipes = wipesOf(later);
    expect(await later.pendingCount()).to.equal(1);
    expect(await refusalOf(later)).to.deep.equal({ name: 'UnsentWork', unsent: 1 });
    expect(await later.logout({ discard: true })).to.deep.equal({ dropped: 1 });
    expect(wipes).to.deep.equal([{ reason: 'logout', unsent: 1 }]);
    expect(await onDevice()).to.deep.equal([]);
  });
});
