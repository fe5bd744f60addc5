import { expect } from '@open-wc/testing';
import { breakNetwork, intercept, portal } from './fixtures/network.testing.js';
import {
  CHEN,
  ZHAO,
  aKit,
  aSubject,
  clearPage,
  pause,
  place,
  placeKit,
  stateOf,
  tokenFor,
  until,
  untilShown,
} from './fixtures/page.testing.js';
import type { Kit } from './kit.js';
import './liyu.js';

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

/** A kit that asks the portal, and the codes of its errors. */
function kitOfPortal(subject = aSubject()): { kit: Kit; codes: string[] } {
  const codes: string[] = [];
  const kit = aKit(CHEN.id, { subject, 'token-url': '/session/token' });
  kit.getToken = null;
  kit.addEventListener('liyu-error', ({ detail }) => codes.push(detail.code));
  document.body.append(kit);
  return { kit, codes };
}

describe('kit, tokens', () => {
  afterEach(clearPage);

  it("asks token-url in a way that carries the portal's cookies and no other site can", async () => {
    const asked = portal(async () => json({ token: await tokenFor(CHEN.id) }));
    kitOfPortal();
    await untilShown(place('liyu-tier-badge'), CHEN.rung);
    expect(asked).to.have.length(1);
    const { method, credentials, headers, cache } = asked[0]!;
    expect({ method, credentials, cache }).to.deep.equal({
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
    });
    expect(headers.get('x-requested-with')).to.equal('liyu');
  });

  it('sends the token as a bearer, and never the cookies, to the endpoint', async () => {
    const token = await tokenFor(CHEN.id);
    portal(() => Promise.resolve(json({ token })));
    const sent: Request[] = [];
    intercept((request) => {
      if (request.url.includes('/sync/')) sent.push(request);
      return undefined;
    });
    kitOfPortal();
    await untilShown(place('liyu-tier-badge'), CHEN.rung);
    expect(sent).not.to.have.length(0);
    for (const { headers, credentials, url } of sent) {
      expect(headers.get('authorization')).to.equal(`Bearer ${token}`);
      expect(credentials).to.equal('omit');
      expect(url).not.to.contain(token);
    }
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.to.contain(token);
  });

  for (const status of [401, 403]) {
    it(`takes ${status} of token-url for signed out, says so once and asks no more`, async () => {
      const asked = portal(() => Promise.resolve(json({}, status)));
      const { kit, codes } = kitOfPortal();
      const badge = place('liyu-tier-badge');
      await until(() => stateOf(badge) === 'signedOut', 'signed out');
      await pause(500);
      const count = asked.length;
      await pause(2_500);
      expect(asked).to.have.length(count);
      expect(kit.status?.state).to.equal('signedOut');
      expect(codes).to.deep.equal(['signed_out']);
    });
  }

  const failures: [what: string, answer: () => Promise<Response>][] = [
    ['a status of 500', () => Promise.resolve(json({}, 500))],
    ['an answer without a token', () => Promise.resolve(json({}))],
    ['an answer that is no JSON', () => Promise.resolve(new Response('<html>'))],
    ['a broken network', () => Promise.reject(new TypeError('offline'))],
  ];
  for (const [what, answer] of failures) {
    it(`tries token-url again after ${what}`, async () => {
      const asked = portal(async () =>
        asked.length < 3 ? answer() : json({ token: await tokenFor(CHEN.id) }),
      );
      const { codes } = kitOfPortal();
      await untilShown(place('liyu-tier-badge'), CHEN.rung);
      expect(codes).to.deep.equal([]);
    });
  }

  it('prefers getToken to token-url', async () => {
    const asked = portal(async () => json({ token: await tokenFor(ZHAO.id) }));
    placeKit(CHEN.id, { subject: aSubject(), 'token-url': '/session/token' });
    await untilShown(place('liyu-tier-badge'), CHEN.rung);
    expect(asked).to.have.length(0);
  });

  it('goes on when the portal gives a way to a token after the first was missing', async () => {
    const kit = aKit(CHEN.id);
    kit.getToken = null;
    document.body.append(kit);
    const badge = place('liyu-tier-badge');
    await until(() => stateOf(badge) === 'signedOut', 'signed out');
    await pause(500);
    kit.getToken = () => tokenFor(CHEN.id);
    await untilShown(badge, CHEN.rung);
  });

  it('takes the token of whichever kit has a way to one', async () => {
    const subject = aSubject();
    const first = aKit(CHEN.id, { subject });
    first.getToken = null;
    document.body.append(first);
    placeKit(CHEN.id, { subject });
    await untilShown(place('liyu-tier-badge'), CHEN.rung);
  });

  it('keeps what is stored on show while the portal and the endpoint are out of reach', async () => {
    const subject = aSubject();
    const badge = place('liyu-tier-badge');
    const kit = placeKit(CHEN.id, { subject });
    await untilShown(badge, CHEN.rung);
    kit.remove();
    badge.remove();
    await pause(0);
    breakNetwork();
    portal(() => Promise.reject(new TypeError('offline')));
    kitOfPortal(subject);
    await untilShown(place('liyu-tier-badge'), CHEN.rung);
  });
});
