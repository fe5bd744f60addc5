// `npm run bench -- NAME [--quick]`: runs test/bench/NAME.mjs, then puts docs/benchmarks/*.json in a table.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = new URL('.', import.meta.url);
const DOCS = new URL('../../docs/', import.meta.url);
const BENCHES = ['engine', 'sync', 'widgets'];

const [name, ...options] = process.argv.slice(2);
if (!BENCHES.includes(name)) {
  console.error(`npm run bench -- NAME [--quick], NAME one of: ${BENCHES.join(', ')}`);
  process.exit(2);
}
if (!existsSync(new URL('node_modules', HERE))) {
  // Not `npm ci`: zen-engine's packages for other platforms aren't in every registry, and then it refuses.
  const args = ['install', '--no-save', '--ignore-scripts', '--prefix', fileURLToPath(HERE)];
  execFileSync('npm', args, { stdio: 'inherit' });
}
// As JavaScript, as it is shipped: what tsx makes of a module as it loads is slower.
const { built } = await import('../built.mjs');
const file = `test/bench/${name}.mjs`;
const { of, remove } = await built([file], fileURLToPath(new URL('node_modules/.cache', HERE)));
const { status } = spawnSync(process.execPath, ['--expose-gc', of(file), ...options], {
  stdio: 'inherit',
});
remove();
if (status !== 0) process.exit(status ?? 1);
writeTable();

function writeTable() {
  const folder = new URL('benchmarks/', DOCS);
  if (!existsSync(folder)) return;
  const reports = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
  const sections = reports.map(section);
  const head =
    '# Benchmarks\n\nOn 2 shared cores, Node 20.20. A figure is the median of the runs, whose least and most ' +
    'are in brackets.\nMade by `npm run bench`; the figures are in `docs/benchmarks/`.\n';
  writeFileSync(new URL('benchmarks.md', DOCS), [head, ...sections].join('\n'));
}

function section({ name, date, rows }) {
  const lines = rows.map(({ what, against, measure, ratio, target, met, runs, reason }) => {
    const isCost = measure !== 'times as fast';
    const spread = Array.isArray(runs) ? ` (${Math.min(...runs)} to ${Math.max(...runs)})` : '';
    const bound = target === null ? '' : `${isCost ? '≤' : '≥'} ${target}`;
    const verdict = met === null ? '' : met ? 'yes' : `no${reason ? `: ${reason}` : ''}`;
    return [what, against, `${ratio}${spread} ${measure ?? ''}`.trim(), bound, verdict];
  });
  const table = [['What', 'Against', 'Ratio', 'Target', 'Met'], Array(5).fill('---'), ...lines];
  const text = table.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `## ${name}\n\n\`npm run bench -- ${name}\`, ${date}\n\n${text}\n`;
}
