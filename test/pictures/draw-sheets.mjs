import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How wide a picture stands on its sheet, and how many are side by side. */
const ON_SHEET = { 390: { width: 390, columns: 4 }, 1280: { width: 780, columns: 2 } };
/** Past this many px a sheet would be shrunk when it is looked at. */
const SHEET_HEIGHT = 1900;

/**
 * Puts pictures of one widget and one kind side by side, several sheets when one gets too high.
 * @returns {Promise<number>} how many sheets
 */
export async function drawSheets(browser, pictures, folder) {
  await mkdir(folder, { recursive: true });
  const page = await browser.newPage();
  let sheets = 0;
  const groups = new Map();
  for (const picture of pictures) {
    const name = `${picture.widget}-${picture.kind}`;
    groups.set(name, [...(groups.get(name) ?? []), picture]);
  }
  for (const [name, members] of groups) {
    const { width, columns } = ON_SHEET[members[0].kind.split('-')[0]];
    const parts = await fill(members, width, columns);
    for (const [index, lanes] of parts.entries()) {
      const lane = (figures) => `<div class="lane">${figures.join('')}</div>`;
      await page.setViewportSize({ width: columns * (width + 8), height: 200 });
      await page.setContent(
        `<style>body{margin:0;display:flex;background:#b7b7b7;font:14px sans-serif}
         .lane{width:${width + 8}px}figure{margin:4px}img{display:block;width:${width}px}</style>
         ${lanes.map(lane).join('')}`,
        { waitUntil: 'load' },
      );
      await page.screenshot({ path: join(folder, `${name}-${index + 1}.png`), fullPage: true });
      sheets += 1;
    }
  }
  await page.close();
  return sheets;
}

/** The pictures in lanes, each to the lane that is shortest, on as many sheets as it takes. */
async function fill(members, width, columns) {
  const sheets = [];
  let heights = [];
  for (const { file, story } of members) {
    const bytes = await readFile(file);
    const height = (bytes.readUInt32BE(20) * width) / bytes.readUInt32BE(16) + 30;
    if (heights.length === 0 || Math.min(...heights) + height > SHEET_HEIGHT) {
      heights = Array(columns).fill(0);
      sheets.push(Array.from({ length: columns }, () => []));
    }
    const lane = heights.indexOf(Math.min(...heights));
    heights[lane] += height;
    const picture = `data:image/png;base64,${bytes.toString('base64')}`;
    sheets.at(-1)[lane].push(`<figure>${story}<img src="${picture}"></figure>`);
  }
  return sheets;
}
