// The node whose streams are measured, in a process of its own.
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../../packages/server/src/start-server.js';
import { createIssuer } from '../../packages/server/src/testing/issuer.js';

const PING = 20;

const subjects = Number(process.argv[2]);
const issuer = await createIssuer();
const server = await startServer({ database: 'pglite:memory', auth: issuer, ping: PING });
const tokens = [];
for (let n = 0; n < subjects; n++)
  tokens.push(await issuer.token(`c${n}`, { exp: later(), iat: now() }));
process.send({ url: server.url, tokens });
process.on('message', (message) => {
  void answer(message);
});

async function answer(message) {
  if (message === 'end') {
    await server.close();
    process.exit(0);
  }
  if (message === 'heap') {
    for (let n = 0; n < 3; n++) {
      globalThis.gc();
      await sleep(50);
    }
    process.send(process.memoryUsage().heapUsed);
    return;
  }
  await sleep(message.pings * PING);
  process.send('pinged');
}

function now() {
  return Math.floor(Date.now() / 1000);
}

function later() {
  return now() + 15 * 60;
}
