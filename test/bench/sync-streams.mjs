// Open event streams of one node: what an hour of them adds to its heap.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const NODE = fileURLToPath(new URL('./sync-streams.node.mjs', import.meta.url));
const PER_SUBJECT = 4;
/** Most bytes that a stream may add in an hour. */
const MOST = 1_024;

/** As many pings as an hour has at 15 s apart, sent faster. */
export async function streamsRow({ streams, pings, runs }) {
  const child = fork(NODE, [String(streams / PER_SUBJECT)], {
    execArgv: ['--conditions=source', '--import', 'tsx', '--expose-gc'],
  });
  const ask = async (message) => {
    child.send(message);
    const [answer] = await once(child, 'message');
    return answer;
  };
  const [{ url, tokens }] = await once(child, 'message');
  const abort = new AbortController();
  const open = [];
  for (const token of tokens) {
    for (let n = 0; n < PER_SUBJECT; n++) {
      const response = await fetch(`${url}/sync/v1/events`, {
        headers: { Authorization: `Bearer ${token}` },
        signal: abort.signal,
      });
      if (response.status !== 200) throw new Error(`stream ${open.length}: ${response.status}`);
      open.push(drain(response.body));
    }
  }
  await ask({ pings });
  const grown = [];
  for (let run = 0; run < runs; run++) {
    const before = await ask('heap');
    await ask({ pings });
    grown.push(((await ask('heap')) - before) / open.length);
  }
  abort.abort();
  await Promise.all(open);
  child.send('end');
  await once(child, 'exit');
  const sorted = [...grown].sort((a, b) => a - b);
  const bytes = Math.round(sorted[sorted.length >> 1]);
  return {
    what: `${streams} open streams, ${pings} pings each (an hour at 15 s)`,
    against: 'the heap of the node before',
    measure: 'bytes more a stream',
    ratio: bytes,
    target: MOST,
    met: bytes <= MOST,
    runs: grown.map(Math.round),
  };
}

async function drain(body) {
  try {
    const reader = body.getReader();
    while (!(await reader.read()).done);
  } catch {
    // Ended by us.
  }
}
