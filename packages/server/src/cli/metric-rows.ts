import { createReadStream } from 'node:fs';
import { checkMetrics } from '@liyu/engine';
import type { Policy } from '@liyu/policy';
import { readLines } from './read-lines.js';

/** A line as it was found: metrics by name, with `id`; or the reason why it is none. */
export type MetricsLine = { line: number } & (
  { values: Readonly<Record<string, unknown>> } | { fault: string }
);

/** What standard error says of a row that can't be used. */
export interface BadRow {
  line: number;
  id: string | null;
  field: string | null;
  message: string;
}

/** The lines of an NDJSON file, `-` being standard input; empty ones are passed over. */
export async function* readMetricLines(
  file: string,
  stdin: NodeJS.ReadableStream,
): AsyncGenerator<MetricsLine> {
  const stream = file === '-' ? stdin : createReadStream(file);
  for await (const { number: line, text } of readLines(stream)) {
    if (text === null) yield { line, fault: 'not UTF-8, or longer than 1 MiB' };
    else if (text.trim() !== '') yield { line, ...parseLine(text) };
  }
}

/** Everything that is wrong with a line; nothing for one that can be graded. */
export function faultsOf(policy: Policy, row: MetricsLine): BadRow[] {
  const { line } = row;
  if (!('values' in row)) return [{ line, id: null, field: null, message: row.fault }];
  const { id } = row.values;
  if (typeof id !== 'string' || id === '') {
    return [{ line, id: null, field: 'id', message: 'must be a text that is not empty' }];
  }
  return checkMetrics(policy.files.metrics, row.values).map(({ field, message }) => {
    return { line, id, field, message };
  });
}

function parseLine(text: string): { values: Record<string, unknown> } | { fault: string } {
  try {
    const values = JSON.parse(text) as unknown;
    if (values !== null && typeof values === 'object' && !Array.isArray(values)) {
      return { values: values as Record<string, unknown> };
    }
    return { fault: 'not a JSON object' };
  } catch {
    return { fault: 'not JSON' };
  }
}
