import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { collections } from '@liyu/model/schemas';
import { equal } from '@liyu/model';
import type { Doc } from '@liyu/model';
import { openDatabase } from '../../../packages/server/src/db/open-database.js';
import { startServer } from '../../../packages/server/src/start-server.js';
import { writeDocs } from '../../../packages/server/src/sync/write-docs.js';
import { createIssuer } from '../../../packages/server/src/testing/issuer.js';
import { customerDoc, invitation } from '../../../packages/server/src/testing/records.js';
import { PLAYED, canary } from './client.js';
import type { Outcome } from './client.js';
import type { Faults } from './faulty-fetch.js';
import type { Cast, WorkerReport, WorkerTask } from './worker.js';

const PER_WORKER = 12;
const SURVEYS = 4;
/** Most requests of a client; a write takes two or three, and more on a bad network. */
const MOST_REQUESTS = 60;

export interface PlayOptions {
  clients: number;
  seed: number;
  /** How often each writes. */
  writes: number;
  /** How long the network is bad. */
  ms: number;
}

export interface Played {
  /** What doesn't hold, in words; empty when all does. */
  breaches: string[];
  requests: number;
  faults: Faults;
  created: number;
  refused: number;
}

/**
 * Real RxDB clients in workers, two devices of each customer, against a real server over HTTP. Times are
 * real, so a seed gives the same faults but not the same order.
 */
export async function playClients({ clients, seed, writes, ms }: PlayOptions): Promise<Played> {
  const database = await openDatabase('pglite:memory');
  const issuer = await createIssuer();
  const limits = { subject: 100_000, address: 1_000_000 };
  const server = await startServer({ database, auth: issuer, poll: 50, limits });
  try {
    const cast: Cast[] = [];
    for (let n = 0; cast.length < clients; n++) {
      const customer = `c-${n}`;
      const played = PLAYED[n % PLAYED.length]!;
      await writeDocs(database, collections, `c:${customer}`, [
        { coll: 'customers', doc: customerDoc(customer, canary(customer)) },
        ...Array.from({ length: SURVEYS }, (_, k) => ({
          coll: 'surveys',
          doc: invitation(customer, `${customer}-s${k}`, canary(customer)),
        })),
      ]);
      const token = await issuer.token(customer, { exp: Math.floor(Date.now() / 1000) + 890 });
      cast.push({ customer, played, token }, { customer, played, token });
    }
    const reports = await inWorkers(cast, { url: server.url, seed, writes, ms });
    const outcomes = reports.flatMap((report) => report.outcomes);
    const breaches: string[] = [];
    for (const [n, outcome] of outcomes.entries()) {
      const { customer, played, token } = cast[n]!;
      const held = await recordsOf(server.url, token, played, customer);
      for (const breach of breachesOf(outcome, held, customer)) {
        breaches.push(`client ${n} (${customer}, ${played}): ${breach}`);
      }
    }
    const requests = reports.reduce((sum, report) => sum + report.requests, 0);
    const most = cast.length * (writes * 10 + MOST_REQUESTS);
    if (requests > most) breaches.push(`${requests} requests, more than ${most}`);
    return {
      breaches,
      requests,
      faults: sumOf(reports.map(({ faults }) => faults)),
      created: outcomes.reduce((sum, { created }) => sum + created.length, 0),
      refused: outcomes.reduce((sum, { refusals }) => sum + refusals, 0),
    };
  } finally {
    await server.close();
    await database.close();
  }
}

async function inWorkers(cast: Cast[], task: Omit<WorkerTask, 'cast'>): Promise<WorkerReport[]> {
  const workers: Worker[] = [];
  for (let from = 0; from < cast.length; from += PER_WORKER) {
    const workerData: WorkerTask = {
      ...task,
      seed: task.seed + from,
      cast: cast.slice(from, from + PER_WORKER),
    };
    workers.push(new Worker(new URL('./worker.mjs', import.meta.url), { workerData }));
  }
  const said = async (worker: Worker) => ((await once(worker, 'message')) as [unknown])[0];
  await Promise.all(workers.map(said));
  const reports = workers.map(said);
  for (const worker of workers) worker.postMessage('all are still');
  return (await Promise.all(reports)) as WorkerReport[];
}

/** What the server holds of a collection, as a fresh pull gives it. */
async function recordsOf(url: string, token: string, coll: string, customer: string) {
  const answer = await fetch(`${url}/sync/v1/pull`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ coll, scope: `c:${customer}`, sv: 0, cp: null, limit: 1_000 }),
  });
  return ((await answer.json()) as { documents: Doc[] }).documents;
}

function* breachesOf(outcome: Outcome, held: readonly Doc[], customer: string): Generator<string> {
  const { docs, created, unsent } = outcome;
  if (unsent > 0) yield `${unsent} writes wait`;
  const byId = new Map(held.map((doc) => [doc.id, doc]));
  for (const doc of docs) {
    if (!equal(doc, byId.get(doc.id))) {
      yield `${doc.id} is ${JSON.stringify(doc)}, at the server ${JSON.stringify(byId.get(doc.id))}`;
    }
  }
  if (docs.length !== held.length) yield `${docs.length} records, at the server ${held.length}`;
  for (const { id, refused } of created) {
    if (!byId.has(id) && refused === null) yield `${id} vanished`;
  }
  const texts = JSON.stringify(docs).match(/canary-of-[\w-]+/g) ?? [];
  for (const text of texts) if (text !== canary(customer)) yield `it holds ${text}`;
}

function sumOf(all: readonly Faults[]): Faults {
  const sum = { ...all[0]! };
  for (const faults of all.slice(1)) {
    for (const name of Object.keys(sum) as (keyof Faults)[]) sum[name] += faults[name];
  }
  return sum;
}
