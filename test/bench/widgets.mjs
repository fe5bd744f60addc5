// How long badges and cards take to be created and updated: `npm run bench -- widgets [--quick]`.
// A page load for each contender and run, turn by turn; each is built as a portal serves it.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../chromium/find-chromium.mjs';
import { median } from './engine-timing.mjs';
import { row, writeRows } from './report.mjs';
import { servePages } from './widgets-pages.mjs';

const isQuick = process.argv.includes('--quick');
const RUNS = isQuick ? 2 : 5;
const COUNTS = isQuick ? { badges: 200, cards: 40 } : { badges: 1_000, cards: 200 };
/** By the name of the file; the first is what all are compared with. */
const CONTENDERS = {
  bare: 'bare DOM, by hand',
  liyu: 'Liyu',
  lit: 'a plain Lit element',
  shoelace: 'Shoelace: its badge without emblem, its card around bare DOM',
  webawesome: 'Web Awesome: its badge without emblem, its card around bare DOM',
  ui5: 'UI5: its tag without emblem, its card around bare DOM; renders in the next frame',
  react: 'React',
};
const NAMES = Object.keys(CONTENDERS);
/** Those that wear Liyu's styles. */
const ALIKE = ['liyu', 'lit', 'react'];
const MOST = { create: 2.5, update: 1.2 };

const pages = await servePages(NAMES);
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: [...CHROMIUM_ARGS, '--js-flags=--expose-gc'],
});
/** Of each kind, by the name of the contender, what each run found. */
const found = { badges: {}, cards: {} };
try {
  for (let run = 0; run <= RUNS; run++) {
    for (let turn = 0; turn < NAMES.length; turn++) {
      const name = NAMES[(run + turn) % NAMES.length];
      const measured = await measure(name);
      if (run === 0) checkShown(name, measured);
      else for (const kind in found) (found[kind][name] ??= []).push(measured[kind]);
    }
  }
} finally {
  await browser.close();
  pages.stop();
}
await writeRows('widgets', rows(), { isQuick });

/** One page load. */
async function measure(name) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => console.error(`${name}: ${error}`));
  await page.goto(`${pages.url}/${name}`);
  await page.waitForFunction(() => 'measure' in globalThis);
  const measured = {};
  for (const kind in COUNTS) {
    const args = [kind, COUNTS[kind]];
    measured[kind] = await page.evaluate(([k, n]) => globalThis.measure(k, n), args);
  }
  await page.close();
  return measured;
}

/** Fails where a contender shows other words than bare DOM, which comes first, or the same ones styled otherwise. */
function checkShown(name, measured) {
  for (const kind in COUNTS) {
    const { texts, heights } = measured[kind];
    assert.equal(texts.length, COUNTS[kind], `${name}: ${kind}`);
    found[kind].texts ??= texts;
    found[kind].heights ??= heights;
    texts.forEach((text, i) => assert.equal(text, found[kind].texts[i], `${name}: ${kind} ${i}`));
    if (ALIKE.includes(name)) assert.deepEqual(heights, found[kind].heights, `${name}: ${kind}`);
  }
}

function rows() {
  const list = [];
  for (const [kind, count] of Object.entries(COUNTS)) {
    for (const act of ['create', 'update']) {
      for (const name of NAMES) print(kind, act, name);
      const what = `${act} ${count.toLocaleString('en')} ${kind}`;
      list.push(ratioRow(what, { kind, act, name: 'liyu', target: MOST[act] }));
      list.push(
        ratioRow(`${what}, for the first time in a page`, {
          kind,
          act,
          name: 'liyu',
          part: 'first',
        }),
      );
      for (const name of NAMES.slice(2)) list.push(ratioRow(what, { kind, act, name }));
    }
  }
  return list;
}

function ratioRow(what, { kind, act, name, part = 'again', target = null }) {
  const of = found[kind];
  return row({
    what: `${what}, ${CONTENDERS[name]}`,
    against: CONTENDERS.bare,
    ratios: of[name].map((measured, run) => measured[part][act] / of.bare[run][part][act]),
    target,
    isCost: true,
  });
}

function print(kind, act, name) {
  const ms = (part) => median(found[kind][name].map((one) => one[part][act])).toFixed(1);
  console.log(`${kind} ${act} ${name}: ${ms('again')} ms, first ${ms('first')} ms`);
}
