import { expect } from '@open-wc/testing';
import { breakNetwork } from './fixtures/network.testing.js';
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
  tokenFor,
  until,
  untilShown,
} from './fixtures/page.testing.js';
import type { Kit } from './kit.js';
import './liyu.js';

/** Another person is signed in, in the same page. */
function become(kit: Kit, customer: string, subject = aSubject()): string {
  kit.getToken = () => tokenFor(customer);
  kit.setAttribute('subject', subject);
  return subject;
}

describe('kit, another subject', () => {
  afterEach(clearPage);

  it("wipes the old person's databases and shows the new one's records, never both", async () => {
    const kit = placeKit(CHEN.id);
    const codes: string[] = [];
    kit.addEventListener('liyu-error', ({ detail }) => codes.push(detail.code));
    const card = place('liyu-customer-card');
    const badge = place('liyu-tier-badge');
    await untilShown(card, CHEN.name);
    await untilShown(badge, CHEN.rung);
    const before = (await onDevice()).filter((name) => name.includes('--'));
    expect(before.length).to.be.above(2);

    become(kit, ZHAO.id);
    const shown: string[] = [];
    await until(async () => {
      await pause(0);
      shown.push(textOf(card) + textOf(badge));
      return textOf(card).includes(ZHAO.name) && textOf(badge).includes(ZHAO.rung);
    }, 'the new person');
    const ofOld = shown.filter((text) => text.includes(CHEN.name) || text.includes(CHEN.rung));
    expect(ofOld).to.deep.equal([]);
    const after = await onDevice();
    expect(before.filter((name) => after.includes(name))).to.deep.equal([]);
    expect(codes).to.deep.equal([]);
  });

  it("keeps what a widget writes late out of the new person's store", async () => {
    const kit = placeKit(CHEN.id);
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    const source = sourceOf(badge)!;
    become(kit, ZHAO.id);
    await source.saveDraft('survey:1', { text: 'of the old person' }).catch(() => undefined);
    await untilShown(badge, ZHAO.rung);
    expect(await sourceOf(badge)!.loadDraft('survey:1')).to.equal(null);
  });

  it('shows the last of several that follow at once', async () => {
    const subject = aSubject();
    const kit = placeKit(CHEN.id, { subject });
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    become(kit, ZHAO.id);
    await pause(5);
    become(kit, CHEN.id, subject);
    await untilShown(badge, CHEN.rung);
    await until(() => kit.status?.state === 'ready', 'ready');
    await pause(300);
    expect(textOf(badge)).to.contain(CHEN.rung);
    expect(kit.status?.state).to.equal('ready');
  });

  it('is followed by the kits that share the store', async () => {
    const subject = aSubject();
    const kits = [placeKit(CHEN.id, { subject }), placeKit(CHEN.id, { subject })];
    const badge = place('liyu-tier-badge', {}, kits[1]);
    await untilShown(badge, CHEN.rung);
    const next = aSubject();
    become(kits[0]!, ZHAO.id, next);
    const source = sourceOf(badge);
    become(kits[1]!, ZHAO.id, next);
    expect(sourceOf(badge) === source).to.equal(true);
    await untilShown(badge, ZHAO.rung);
  });

  it('leaves nothing on the device when the subject is taken away', async () => {
    const kit = placeKit(CHEN.id);
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    kit.getToken = () => Promise.resolve(null);
    kit.removeAttribute('subject');
    await until(() => stateOf(badge) === 'signedOut', 'signed out');
    expect(await onDevice()).to.deep.equal([]);
  });
});

describe('kit, what stays on the device', () => {
  afterEach(clearPage);

  for (const attributes of [{}, { subject: '' }]) {
    it(`is nothing with the attributes ${JSON.stringify(attributes)}`, async () => {
      placeKit(CHEN.id, attributes);
      await untilShown(place('liyu-customer-card'), CHEN.name);
      expect(await onDevice()).to.deep.equal([]);
    });
  }

  it('is not painted with offline-hours="0" until the server answers', async () => {
    const attributes = { subject: aSubject(), 'offline-hours': '0' };
    const first = placeKit(CHEN.id, attributes);
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    first.remove();
    badge.remove();
    await pause(0);
    breakNetwork();
    placeKit(CHEN.id, attributes);
    const later = place('liyu-tier-badge');
    const shown = new Set<string>();
    await until(() => {
      shown.add(textOf(later));
      return stateOf(later) === 'error';
    }, 'an error');
    await pause(200);
    shown.add(textOf(later));
    expect([...shown].join()).not.to.contain(CHEN.rung);
  });

  it('is nothing after logout(), and the widgets show that nobody is signed in', async () => {
    const kit = placeKit(CHEN.id);
    const card = place('liyu-customer-card');
    const badge = place('liyu-tier-badge');
    await untilShown(card, CHEN.name);
    await untilShown(badge, CHEN.rung);
    await kit.logout({ discard: true });
    expect(await onDevice()).to.deep.equal([]);
    await until(() => stateOf(card) === 'signedOut' && stateOf(badge) === 'signedOut', 'words');
    expect(textOf(card)).not.to.contain(CHEN.name);
    const late = place('liyu-care-timeline');
    await until(() => stateOf(late) === 'signedOut', 'words in a later widget');
  });

  it('is nothing after logout() by a kit that was removed before', async () => {
    for (const wait of [0, 100]) {
      const kit = placeKit(CHEN.id);
      const badge = place('liyu-tier-badge');
      await untilShown(badge, CHEN.rung);
      kit.remove();
      await pause(wait);
      await kit.logout({ discard: true });
      expect(await onDevice()).to.deep.equal([]);
      badge.remove();
    }
  });

  it('is nothing after logout() in a later visit, in which no widget asked', async () => {
    const subject = aSubject();
    const kit = placeKit(CHEN.id, { subject });
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    kit.remove();
    badge.remove();
    await pause(0);
    const asked: string[] = [];
    const later = aKit(CHEN.id, { subject });
    later.getToken = () => {
      asked.push('token');
      return Promise.resolve(null);
    };
    document.body.append(later);
    await later.logout({ discard: true });
    expect(await onDevice()).to.deep.equal([]);
    expect(asked).to.deep.equal([]);
  });
});
