import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CDPSession, Page } from 'playwright-core';
import { startHouse, untilReady } from './house.js';
import type { House } from './house.js';

/** Mounts that are measured; `LIYU_MOUNTS=10000` is the long form. */
const MOUNTS = Number(process.env.LIYU_MOUNTS ?? 280);
const IS_LONG = MOUNTS >= 5_000;
/** Mounts before that: code is compiled, and caches are filled, for about a thousand. */
const WARM_UP = IS_LONG ? 1_400 : 140;
/** Bytes that a mount may leave behind; in the short form what is made once weighs as much. */
const MOST_BYTES = IS_LONG ? 200 : 2_500;
const TAGS = [
  ...['liyu-customer-card', 'liyu-tier-badge', 'liyu-benefit-panel', 'liyu-care-timeline'],
  ...['liyu-satisfaction-form', 'liyu-tier-journey', 'liyu-asset-mix'],
];

describe('a page that puts widgets in and takes them out again', { timeout: 900_000 }, () => {
  let house: House;
  before(async () => {
    house = await startHouse('PGlite');
  });
  after(() => house.stop());

  it(`keeps nothing of ${MOUNTS} of them, with a live store`, async () => {
    const context = await house.browser.newContext();
    const page = await context.newPage();
    await page.goto(house.url);
    await untilReady(page, ['liyu-customer-card', 'liyu-tier-journey']);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    // What is made once and kept: catalogues, compiled templates, chunks, the caches of the store.
    await mountAll(page, WARM_UP);
    const before = await measure(session);
    await mountAll(page, MOUNTS);
    const after = await measure(session);
    const bytes = (after.heap - before.heap) / MOUNTS;
    assert.ok(bytes < MOST_BYTES, `${bytes.toFixed(0)} bytes a mount`);
    // Some come and go with what the page itself does.
    assert.ok(after.nodes - before.nodes < 50, `${after.nodes - before.nodes} nodes`);
    assert.ok(
      after.listeners - before.listeners < 20,
      `${after.listeners - before.listeners} listeners`,
    );
    await context.close();
  });
});

/** Each tag in turn, shown with the data of the store, then removed. */
async function mountAll(page: Page, times: number): Promise<void> {
  await page.evaluate(
    async ([tags, count]) => {
      for (let i = 0; i < count; i++) {
        const one = document.createElement(tags[i % tags.length]!);
        document.body.append(one);
        const states = '[data-state=ready], [data-state=empty]';
        for (let turn = 0; one.shadowRoot?.querySelector(states) == null; turn++) {
          if (turn > 500) throw new Error(`${one.localName} was never ready`);
          await new Promise((resolve) => setTimeout(resolve));
        }
        one.remove();
      }
      // What is cleared a moment after the last widget left.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
    },
    [TAGS, times] as const,
  );
}

async function measure(
  session: CDPSession,
): Promise<{ heap: number; nodes: number; listeners: number }> {
  for (let turn = 0; turn < 3; turn++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}
