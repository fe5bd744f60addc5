// `npm run size`: what a page fetches from packages/kit/dist/cdn, gzip, beside what it may be. Fails above it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const CDN = new URL('../packages/kit/dist/cdn/', import.meta.url);
/** Most bytes, gzip. A chunk that isn't named here fails too: its weight was nobody's choice. */
const BUDGETS = [
  {
    what: 'a page with the tags: liyu.js and what it imports',
    files: ['liyu', 'shared'],
    most: 58_000,
  },
  { what: 'the store, once someone is signed in', files: ['store'], most: 142_000 },
  { what: 'the journey and its rules', files: ['journey-side'], most: 35_000 },
  { what: 'the charts of the asset mix, when seen', files: ['charts'], most: 65_000 },
  { what: "the staff's side of the card", files: ['staff-side'], most: 8_000 },
  { what: 'English', files: ['en'], most: 5_000 },
];

if (!existsSync(CDN)) {
  console.error('packages/kit/dist/cdn is missing: npm run build');
  process.exit(2);
}
const gzipped = new Map();
for (const file of readdirSync(CDN).filter((name) => name.endsWith('.js'))) {
  const name = file.replace(/(-[\w-]{8})?\.js$/, '');
  gzipped.set(name, (gzipped.get(name) ?? 0) + gzipSync(readFileSync(new URL(file, CDN))).length);
}
const kB = (bytes) => `${(bytes / 1000).toFixed(1).padStart(6)} kB`;
let isOver = false;
for (const { what, files, most } of BUDGETS) {
  const bytes = files.reduce((sum, name) => sum + (gzipped.get(name) ?? NaN), 0);
  const fits = bytes <= most;
  isOver ||= !fits;
  console.log(`${fits ? ' ' : '✖'} ${kB(bytes)} of ${kB(most)}  ${what}`);
}
const unnamed = [...gzipped.keys()].filter(
  (name) => !BUDGETS.some(({ files }) => files.includes(name)),
);
for (const name of unnamed) console.log(`✖ ${kB(gzipped.get(name))}  ${name}: no budget names it`);
process.exitCode = isOver || unnamed.length > 0 ? 1 : 0;
