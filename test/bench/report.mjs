// What a bench found: docs/benchmarks/NAME.json, from which run.mjs makes docs/benchmarks.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { median } from './engine-timing.mjs';

const DOCS = new URL('../../docs/benchmarks/', import.meta.url);

/**
 * A line of the report. `ratios` say, run by run, how many times as fast `what` is as `against`, or, where
 * `isCost`, how many times as long it takes: then the target is the most, else the least.
 */
export function row({ what, against, ratios, target, isCost = false, reason }) {
  const ratio = round(median(ratios));
  const isMet = isCost ? ratio <= target : ratio >= target;
  return {
    what,
    against,
    measure: isCost ? 'times as long' : 'times as fast',
    ratio,
    target,
    met: target === null ? null : isMet,
    runs: ratios.map(round),
    ...(reason !== undefined && { reason }),
  };
}

/** Prints the lines, and keeps them unless they come from a quick run. */
export async function writeRows(name, rows, { isQuick }) {
  console.table(
    rows.map(({ what, against, measure, ratio, target, met }) => ({
      what: what.split(':')[0],
      against: against.split(':')[0],
      measure,
      ratio,
      target,
      met,
    })),
  );
  if (isQuick) return;
  mkdirSync(DOCS, { recursive: true });
  const report = { name, date: new Date().toISOString().slice(0, 10), rows };
  const text = await format(JSON.stringify(report), { parser: 'json', printWidth: 100 });
  writeFileSync(new URL(`${name}.json`, DOCS), text);
}

function round(ratio) {
  return Number(ratio.toPrecision(ratio >= 100 ? 4 : 3));
}
