import { expect } from '@open-wc/testing';
import {
  CHEN,
  aKit,
  clearPage,
  pause,
  place,
  placeKit,
  stateOf,
  tokenFor,
  until,
  untilShown,
} from './fixtures/page.testing.js';

// Alone in its file: a tag can be defined once per page.

describe('kit, after the widgets', () => {
  afterEach(clearPage);

  it('feeds them when it is defined after them, and heeds the getToken of before', async () => {
    await import('@liyu/widgets/define');
    const badge = place('liyu-tier-badge');
    await badge.updateComplete;
    const kit = aKit(CHEN.id);
    let asked = 0;
    kit.getToken = () => {
      asked++;
      return Promise.resolve(null);
    };
    document.body.append(kit);
    expect(kit.matches(':defined')).to.equal(false);
    await import('./kit.define.js');
    await until(() => stateOf(badge) === 'signedOut', 'signed out');
    expect(asked).to.be.above(0);
    await pause(500);
    kit.getToken = () => tokenFor(CHEN.id);
    await untilShown(badge, CHEN.rung);
  });

  it('feeds them when it is inserted after them', async () => {
    const badge = place('liyu-tier-badge');
    await badge.updateComplete;
    placeKit(CHEN.id);
    await untilShown(badge, CHEN.rung);
  });
});
