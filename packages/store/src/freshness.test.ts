import { expect } from '@open-wc/testing';
import { lastContact, rememberContact } from './database-names.js';
import { Freshness } from './freshness.js';

const NAME = 'liyu-freshness';
const HOUR = 3_600_000;

describe('what is stored may be shown', () => {
  const real = { now: Date.now, setInterval: window.setInterval };
  let elapsed = 0;
  let look: () => void;
  beforeEach(() => {
    elapsed = 0;
    Date.now = () => real.now() + elapsed;
    window.setInterval = ((run: () => void) => {
      look = run;
      return 0;
    }) as typeof window.setInterval;
  });
  afterEach(() => {
    Date.now = real.now;
    window.setInterval = real.setInterval;
    localStorage.clear();
  });

  const cases: [why: string, hoursAgo: number, offlineHours: number, expected: boolean][] = [
    ['within offline-hours of the last word', 11, 12, true],
    ['not later', 13, 12, false],
    ['never when offline-hours is 0', 0.001, 0, false],
    ['not by a word from the future: the clock was set back', -24, 12, false],
  ];
  for (const [why, hoursAgo, offlineHours, expected] of cases) {
    it(why, () => {
      rememberContact(NAME);
      elapsed = hoursAgo * HOUR;
      expect(new Freshness(NAME, offlineHours).mayShow.value).to.equal(expected);
    });
  }

  it('no longer on an open page that heard nothing for too long', () => {
    const freshness = new Freshness(NAME, 12);
    freshness.confirm();
    elapsed = 11 * HOUR;
    look();
    expect(freshness.mayShow.value).to.equal(true);
    elapsed = 13 * HOUR;
    look();
    expect(freshness.mayShow.value).to.equal(false);
    freshness.confirm();
    expect(freshness.mayShow.value).to.equal(true);
  });

  it('on an open page that hears pings, also when offline-hours is 0', () => {
    const freshness = new Freshness(NAME, 0);
    freshness.confirm();
    elapsed = HOUR;
    freshness.renew();
    look();
    expect(freshness.mayShow.value).to.equal(true);
  });

  it('and nothing is remembered after the end', () => {
    const freshness = new Freshness(NAME, 12);
    freshness.stop();
    freshness.renew();
    expect(lastContact(NAME)).to.equal(0);
  });
});
