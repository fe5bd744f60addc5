// What a device waits for: its first load, and a change that another device made. A real browser.
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../chromium/find-chromium.mjs';
import { median } from './engine-timing.mjs';
import { row } from './report.mjs';
import { startFront } from './sync-front.mjs';

const TIMES = ['MORNING', 'AFTERNOON', 'EVENING'];

/** `count` records lie at the first customer of `db`. */
export async function browserRows(db, count, { runs, changes }) {
  const front = await startFront(db);
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: CHROMIUM_ARGS,
  });
  try {
    return [
      ...(await loadRows(browser, front, count, runs)),
      await changeRow(browser, front, runs, changes),
    ];
  } finally {
    await browser.close();
    await front.stop();
  }
}

async function loadRows(browser, front, count, runs) {
  const kinds = ['liyu', 'ndjson', 'pouch'];
  const found = Object.fromEntries(kinds.map((kind) => [kind, []]));
  const page = await openPage(browser, front);
  for (let run = 0; run <= runs; run++) {
    for (let turn = 0; turn < kinds.length; turn++) {
      const kind = kinds[(run + turn) % kinds.length];
      const args = [kind, await front.token(), count];
      const ms = await page.evaluate(([k, t, n]) => globalThis.load(k, t, n), args);
      if (run > 0) found[kind].push(ms);
    }
  }
  await page.context().close();
  for (const kind of kinds) console.log(`${kind}: ${Math.round(median(found[kind]))} ms`);
  const what = `first load of ${count.toLocaleString('en')} records`;
  const ratios = (kind) => found[kind].map((ms, run) => ms / found.liyu[run]);
  return [
    row({
      what,
      against: 'fetch of NDJSON and bulkPut of Dexie',
      ratios: ratios('ndjson'),
      target: null,
    }),
    row({ what, against: 'PouchDB from its server', ratios: ratios('pouch'), target: null }),
  ];
}

async function changeRow(browser, front, runs, changes) {
  const kinds = ['liyu', 'bare'];
  const found = Object.fromEntries(kinds.map((kind) => [kind, []]));
  // By turns, so that what else the machine does falls on both alike; a run before that doesn't count.
  for (let run = 0; run <= runs; run++) {
    for (const kind of run % 2 === 0 ? kinds : kinds.toReversed()) {
      const ms = await changesBy(kind, browser, front, changes);
      if (run > 0) found[kind].push(ms);
    }
  }
  for (const kind of kinds) console.log(`change by ${kind}: ${median(found[kind]).toFixed(1)} ms`);
  return row({
    what: 'a change seen on another device',
    against: 'a write of IndexedDB and the same requests, by hand',
    ratios: found.liyu.map((ms, run) => ms / found.bare[run]),
    target: 1.5,
    isCost: true,
  });
}

/** Milliseconds from a write of one device until another shows it: the median of some. */
async function changesBy(kind, browser, front, changes) {
  const [one, other] = [await openPage(browser, front), await openPage(browser, front)];
  for (const [page, subject] of [
    [one, 'one'],
    [other, 'other'],
  ]) {
    const args = [kind, await front.token(), subject];
    await page.evaluate(([k, t, s]) => globalThis.openDevice(k, t, s), args);
  }
  const times = [];
  // Each differs from what was written before, also by the devices of the last run.
  for (let n = 0; n <= changes; n++) {
    const time = TIMES[changeCount++ % TIMES.length];
    const arrived = other.evaluate((t) => globalThis.device.until(t), time);
    const began = await one.evaluate((t) => globalThis.device.write(t), time);
    // The first warms up.
    if (n > 0) times.push((await arrived) - began);
    else await arrived;
    await one.evaluate(() => globalThis.device.settled());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await one.context().close();
  await other.context().close();
  return median(times);
}

let changeCount = 0;

/** A page of a profile of its own. */
async function openPage(browser, front) {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => console.error(error));
  page.on('console', (m) => console.error(m.text()));
  await page.goto(front.url);
  await page.waitForFunction(() => 'load' in globalThis, undefined, { timeout: 60_000 });
  return page;
}
