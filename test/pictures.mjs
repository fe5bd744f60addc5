/* global document, requestAnimationFrame */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from './chromium/find-chromium.mjs';
import { faultsOnPage } from './pictures/faults-on-page.mjs';
import { drawSheets } from './pictures/draw-sheets.mjs';

/*
 * Pictures of every story of a widget, to be looked at; they are never committed.
 *
 *   npm run storybook:build
 *   node test/pictures.mjs OUTDIR [--only NAME] [--kind TEXT]
 *
 * Each story is drawn at 390 and 1280 px, in zh-CN and en, light and dark, elder on and off: sixteen
 * pictures. OUTDIR gets a folder per widget, contact sheets in `sheets`, and `faults.txt` with what can be
 * measured. NAME is a part of a story's id, such as `tier-badge` or `benefit-panel--offline`;
 * TEXT a part of a kind, such as `light` or `390-en-dark-elder`.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STORYBOOK = join(ROOT, 'storybook-static');
const ADDRESS = 'http://stories.test/';
const WIDTHS = { 390: 844, 1280: 900 };
const PAGES_AT_ONCE = 4;
/** Longer than a widget waits before it draws its still blocks. */
const SETTLED_MS = 550;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    kind: { type: 'string', default: '' },
  },
});
if (positionals.length !== 1) {
  process.stderr.write('usage: node test/pictures.mjs OUTDIR [--only NAME] [--kind TEXT]\n');
  process.exit(2);
}
if (!existsSync(join(STORYBOOK, 'index.json'))) {
  process.stderr.write('storybook-static is missing: npm run storybook:build\n');
  process.exit(2);
}
const out = resolve(positionals[0]);

const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: CHROMIUM_ARGS,
});
try {
  const tasks = (await stories())
    .flatMap((story) =>
      ['zh-CN', 'en'].flatMap((locale) =>
        ['off', 'on'].map((elder) => ({ ...story, locale, elder })),
      ),
    )
    .filter((task) => kindsOf(task).length > 0);
  if (tasks.length === 0)
    throw new Error(`no story of a widget answers to "${values.only}" and "${values.kind}"`);
  const pictures = [];
  const waiting = [...tasks];
  await Promise.all(
    Array.from({ length: PAGES_AT_ONCE }, async () => {
      const page = await openPage();
      for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
        pictures.push(...(await draw(page, task)));
      }
    }),
  );
  pictures.sort((a, b) => a.file.localeCompare(b.file));
  const sheets = await drawSheets(browser, pictures, join(out, 'sheets'));
  const faults = pictures.flatMap(({ file, faults: found }) =>
    found.map((fault) => `${relative(out, file)}: ${fault}`),
  );
  await writeFile(join(out, 'faults.txt'), faults.map((line) => `${line}\n`).join(''));
  process.stdout.write(
    `${pictures.length} pictures, ${sheets} sheets, ${faults.length} faults in ${out}\n`,
  );
} finally {
  await browser.close();
}

async function stories() {
  const { entries } = JSON.parse(await readFile(join(STORYBOOK, 'index.json'), 'utf8'));
  return Object.values(entries).filter(
    ({ type, importPath, id }) =>
      type === 'story' && importPath.includes('stories/widgets/') && id.includes(values.only),
  );
}

/** A page that reads Storybook's files from the disk and reaches nothing else. */
async function openPage() {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    const path = join(STORYBOOK, decodeURIComponent(pathname));
    return route.request().url().startsWith(ADDRESS) && existsSync(path)
      ? route.fulfill({ path })
      : route.abort();
  });
  return page;
}

/** The pictures of a story in one language and one size of letters. */
async function draw(page, { id, title, locale, elder }) {
  const widget = title.split('/').at(-1).toLowerCase().replaceAll(/\W+/g, '-');
  const folder = join(out, widget);
  await mkdir(folder, { recursive: true });
  await page.setViewportSize({ width: 390, height: 844 });
  const globals = `locale:${locale};theme:light;elder:${elder}`;
  await page.goto(`${ADDRESS}iframe.html?id=${id}&viewMode=story&globals=${globals}`);
  await page.waitForFunction(() => {
    const render = globalThis.__STORYBOOK_PREVIEW__?.currentRender;
    return ['completed', 'finished', 'afterEach', 'errored', 'aborted'].includes(render?.phase);
  });
  await page.waitForTimeout(SETTLED_MS);
  const pictures = [];
  for (const { kind, width, theme } of kindsOf({ locale, elder })) {
    await page.setViewportSize({ width, height: WIDTHS[width] });
    await page.evaluate(async (value) => {
      const stage = document.querySelector('story-stage');
      if (stage === null) return;
      stage.theme = value;
      await stage.updateComplete;
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 150)));
    }, theme);
    const file = join(folder, `${id.split('--').at(-1)}-${kind}.png`);
    await page.screenshot({ path: file, fullPage: true });
    const faults = await page.evaluate(faultsOnPage, elder === 'on');
    pictures.push({ file, widget, story: id.split('--').at(-1), kind, faults });
  }
  return pictures;
}

/** The pictures that are asked for of a story in one language and one size of letters. */
function kindsOf({ locale, elder }) {
  return Object.keys(WIDTHS)
    .flatMap((width) => ['light', 'dark'].map((theme) => ({ width: Number(width), theme })))
    .map(({ width, theme }) => ({
      width,
      theme,
      kind: [width, locale, theme, ...(elder === 'on' ? ['elder'] : [])].join('-'),
    }))
    .filter(({ kind }) => kind.includes(values.kind));
}
