import { runChecks } from '../conformance/run-checks.js';
import type { Result } from '../conformance/run-checks.js';
import { readTestCustomers } from '../conformance/test-customers.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { parseOptions } from './parse-options.js';

/**
 * `liyu conformance URL --tokens FILE [--json]`: holds a server against the sync contract (docs/sync.md), also
 * one that a bank wrote itself, with two of its test customers. Says what holds, and for what doesn't the
 * request and the answer; exit code 1 when something doesn't.
 */
export const conformance: Command = async ([address, ...args], { stdout }) => {
  if (address === undefined || address.startsWith('-')) {
    throw new UsageError('conformance: the URL of a server first');
  }
  const { tokens, json } = parseOptions(args, {
    tokens: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (tokens === undefined) throw new UsageError('conformance: --tokens FILE');
  if (!/^https?:$/.test(URL.canParse(address) ? new URL(address).protocol : '')) {
    throw new UsageError(`conformance: ${address} is no http or https URL`);
  }
  const counts = { holds: 0, fails: 0, skipped: 0 };
  for await (const result of runChecks(address, readTestCustomers(tokens))) {
    counts[result.verdict] += 1;
    stdout.write(json ? `${JSON.stringify(result)}\n` : told(result));
  }
  const { holds, fails, skipped } = counts;
  if (!json) stdout.write(`${holds} hold, ${fails} fail, ${skipped} skipped\n`);
  return fails === 0 ? 0 : 1;
};

function told({ id, rule, verdict, why, exchange }: Result): string {
  const mark = { holds: 'ok', fails: 'FAIL', skipped: 'skip' }[verdict];
  const lines = [`${mark.padEnd(5)}${id}: ${rule}`];
  if (why !== undefined) lines.push(verdict === 'fails' ? `     expected ${why}` : `     ${why}`);
  if (exchange) {
    const { request, answer } = exchange;
    const signedIn = request.signedIn ? ' Authorization: Bearer …' : '';
    lines.push(`     ${request.method} ${request.path}${signedIn}`);
    if (request.body !== undefined) lines.push(`       ${inOneLine(request.body)}`);
    const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
    lines.push(`     ${[answer.status, ...headers].join(' · ')}`);
    if (answer.body !== '') lines.push(`       ${answer.body}`);
  }
  return `${lines.join('\n')}\n`;
}

function inOneLine(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
