// `npm run simulate -- [--seeds 10000] [--from 1] [--seed N] [--happenings 40]`: plays seeds; prints the
// trace of one that fails and keeps it in failing-seeds.json. With --seed it prints that one's trace.
// `npm run simulate -- --rxdb 200 [--seed N]`: plays that many real RxDB clients instead.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createIssuer } from '../../packages/server/src/testing/issuer.js';
import { BankDatabase } from './bank-database.js';
import { playClients } from './rxdb-clients/play-clients.js';
import { simulate } from './simulate.js';
import { Tally } from './tally.js';

const FAILING = new URL('failing-seeds.json', import.meta.url);

interface Failing {
  seed: number;
  happenings: number;
}

function keep(found: Failing): void {
  const known = JSON.parse(readFileSync(FAILING, 'utf8')) as Failing[];
  const isKnown = known.some(
    ({ seed, happenings }) => seed === found.seed && happenings === found.happenings,
  );
  if (isKnown) return;
  const lines = [...known, found].map(
    ({ seed, happenings }) => `  { "seed": ${seed}, "happenings": ${happenings} }`,
  );
  writeFileSync(FAILING, `[\n${lines.join(',\n')}\n]\n`);
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    happenings: { type: 'string', default: '40' },
    rxdb: { type: 'string' },
  },
});
if (values.rxdb !== undefined) {
  const clients = Number(values.rxdb);
  const seed = Number(values.seed ?? 1);
  const { breaches, ...played } = await playClients({ clients, seed, writes: 20, ms: 20_000 });
  console.log(played);
  for (const breach of breaches) console.log(breach);
  console.log(`${breaches.length} breaches by ${clients} clients`);
  process.exit(breaches.length === 0 ? 0 : 1);
}
const happenings = Number(values.happenings);
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
if (![happenings, first, count].every((value) => Number.isSafeInteger(value) && value > 0)) {
  console.error(
    'simulate [--seeds COUNT] [--from SEED] [--seed SEED] [--happenings COUNT] [--rxdb CLIENTS]',
  );
  process.exit(2);
}
const bank = await BankDatabase.open();
const issuer = await createIssuer();
let failed = 0;
const total = new Tally();
for (let seed = first; seed < first + count; seed++) {
  const { breaches, trace, hash, tally } = await simulate({ seed, bank, issuer, happenings });
  total.addAll(tally);
  if (breaches.length > 0 || values.seed !== undefined) console.log(trace.join('\n'));
  if (breaches.length > 0) {
    failed += 1;
    keep({ seed, happenings });
    console.log(`seed ${seed} failed (${hash.slice(0, 12)}):\n  ${breaches.join('\n  ')}`);
  }
}
await bank.close();
for (const [event, times] of total.counts) console.log(`${String(times).padStart(7)} ${event}`);
console.log(`${count - failed} of ${count} seeds passed`);
process.exitCode = failed === 0 ? 0 : 1;
