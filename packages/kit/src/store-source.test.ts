import { expect } from '@open-wc/testing';
import { shanghaiDate } from '@liyu/model';
import type { Source } from '@liyu/widgets';
import {
  CHEN,
  aKit,
  clearPage,
  pause,
  place,
  placeKit,
  sourceOf,
  stateOf,
  until,
  untilShown,
} from './fixtures/page.testing.js';
import './liyu.js';

/** Counts what is subscribed to at a source, and the calls that subscribers get. */
function count(source: Source): { alive: number; calls: number } {
  const counted = { alive: 0, calls: 0 };
  const wrap = <Args extends unknown[]>(watch: (...args: Args) => () => void) => {
    return (...args: Args) => {
      const next = args.at(-1) as (value: unknown) => void;
      args[args.length - 1] = (value: unknown) => {
        counted.calls++;
        next(value);
      };
      const stop = watch.apply(source, args);
      counted.alive++;
      return () => {
        counted.alive--;
        stop();
      };
    };
  };
  source.watch = wrap<Parameters<Source['watch']>>(source.watch);
  source.watchStatus = wrap(source.watchStatus);
  source.watchRejection = wrap<Parameters<Source['watchRejection']>>(source.watchRejection);
  return counted;
}

describe('source of a kit', () => {
  afterEach(clearPage);

  it('feeds a widget that was removed and inserted again, without a second of nothing', async () => {
    placeKit(CHEN.id);
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    const states = new Set<string | undefined>();
    for (const parent of [place('main'), document.body]) {
      badge.remove();
      await pause(20);
      parent.append(badge);
      for (let i = 0; i < 10; i++) {
        await pause(0);
        states.add(stateOf(badge));
      }
    }
    expect([...states]).to.deep.equal(['ready']);
  });

  it('feeds it what changed meanwhile', async () => {
    const kit = placeKit(CHEN.id);
    const badge = place('liyu-tier-badge');
    await untilShown(badge, CHEN.rung);
    badge.remove();
    await kit.logout({ discard: true });
    document.body.append(badge);
    await until(() => stateOf(badge) === 'signedOut', 'signed out');
  });

  it('is left by all subscribers of 200 widgets that came and went', async () => {
    const kit = placeKit(CHEN.id);
    const source = sourceOf(kit)!;
    const counted = count(source);
    const kept = place('liyu-satisfaction-form');
    await until(() => stateOf(kept) === 'ready', 'ready');
    const alive = counted.alive;
    expect(alive).to.be.above(1);
    const main = place('main');
    for (let i = 0; i < 50; i++) {
      const widgets = [
        place('liyu-tier-badge', {}, main),
        place('liyu-customer-card', {}, main),
        place('liyu-care-timeline', {}, main),
        place('liyu-satisfaction-form', {}, main),
      ];
      if (i % 5 === 0) await pause(10);
      await Promise.all(widgets.map((widget) => widget.updateComplete));
      expect(counted.alive).to.be.above(alive);
      for (const widget of widgets) widget.remove();
    }
    expect(counted.alive).to.equal(alive);
    kept.remove();
    expect(counted.alive).to.equal(0);
    await pause(100);
    counted.calls = 0;
    kit.setAttribute('locale', 'en');
    await kit.logout({ discard: true });
    expect(counted.calls).to.equal(0);
  });

  it('gives a timeline the lunar dates of festivals, and the day on which it was fetched', async () => {
    placeKit(CHEN.id);
    const timeline = place('liyu-care-timeline', { months: '12' });
    await until(() => stateOf(timeline) === 'ready', 'ready');
    const texts = (selector: string) =>
      [...timeline.shadowRoot!.querySelectorAll(selector)].map((found) =>
        found.textContent.replace(/\s+/g, ' ').trim(),
      );
    // In any half a year there is one that the sample bank greets on.
    expect(texts('.event.lunar .what').join()).to.match(/春节问候|端午节问候|中秋节问候/);
    expect(texts('.lunar-date').join()).to.match(/农历(正月初一|五月初五|八月十五)/);
    const [year, month, day] = shanghaiDate(new Date().toISOString()).split('-').map(Number);
    await until(() => texts('.foot > p').length > 0, 'a date');
    expect(texts('.foot > p')).to.deep.equal([`数据更新于 ${year}年${month}月${day}日`]);
  });

  it('says that the store cannot be opened, and opens it when it is tried again', async () => {
    const kit = aKit(CHEN.id);
    const codes: string[] = [];
    kit.addEventListener('liyu-error', ({ detail }) => codes.push(detail.code));
    const digest = Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, 'digest')!;
    Object.defineProperty(SubtleCrypto.prototype, 'digest', {
      configurable: true,
      value: () => Promise.reject(new DOMException('broken', 'OperationError')),
    });
    const badge = place('liyu-tier-badge');
    try {
      document.body.append(kit);
      await until(() => stateOf(badge) === 'error', 'an error');
      expect(codes).to.deep.equal(['store_failed']);
    } finally {
      Object.defineProperty(SubtleCrypto.prototype, 'digest', digest);
    }
    badge.shadowRoot!.querySelector('button')!.click();
    await untilShown(badge, CHEN.rung);
  });
});
