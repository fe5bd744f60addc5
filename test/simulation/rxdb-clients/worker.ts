import { parentPort, workerData } from 'node:worker_threads';
import { Random } from '../random.js';
import { Client } from './client.js';
import type { Outcome, Played } from './client.js';
import { FaultyNetwork } from './faulty-fetch.js';
import type { Faults } from './faulty-fetch.js';

export interface Cast {
  customer: string;
  played: Played;
  token: string;
}

export interface WorkerTask {
  url: string;
  seed: number;
  writes: number;
  ms: number;
  cast: Cast[];
}

export interface WorkerReport {
  outcomes: Outcome[];
  requests: number;
  faults: Faults;
}

const { url, seed, writes, ms, cast } = workerData as WorkerTask;
const random = new Random(seed);
const network = new FaultyNetwork(random, globalThis.fetch);
globalThis.fetch = network.fetch;

const clients: Client[] = [];
for (const { customer, played, token } of cast) {
  const own = new Random(random.between(0, 2 ** 31));
  clients.push(await Client.open(customer, played, own, { url, token }));
}
await Promise.all(clients.map((client) => client.play(writes, ms)));
network.isMended = true;
await Promise.all(clients.map((client) => client.settle()));
// Once more when all others are still too.
parentPort!.postMessage('still');
await new Promise((resolve) => parentPort!.once('message', resolve));
await Promise.all(clients.map((client) => client.settle()));
await network.quiet(1_500);
const outcomes = await Promise.all(clients.map((client) => client.end()));
const report: WorkerReport = { outcomes, requests: network.requests, faults: network.faults };
parentPort!.postMessage(report);
