import type { Check } from './check.js';
import { withdraw } from './pull-checks.js';
import { Misfit, Trial, WRITTEN, expectEqual, expectStatus, expectThat } from './trial.js';

/** How long a hint may take, in ms. */
const PATIENCE = 10_000;
/** Streams of one person. */
const PER_SUBJECT = 4;

interface ServerEvent {
  event: string;
  data: Record<string, unknown>;
}

export const eventChecks: readonly Check[] = [
  {
    id: 'events-hello',
    rule: 'the stream is text/event-stream and begins with hello and the scopes of the caller',
    run: async (trial) => {
      await withStream(trial, async ({ response, until }) => {
        const type = response.headers.get('content-type') ?? '';
        expectThat(type.startsWith('text/event-stream'), 'text/event-stream');
        const hello = await until('hello');
        const { scopes } = hello.data as { scopes?: unknown };
        expectThat(Array.isArray(scopes) && scopes.includes(trial.own.scope), 'the own scope');
        expectThat(!(scopes as unknown[]).includes(trial.other.scope), 'no other scope');
      });
    },
  },
  {
    id: 'events-change',
    rule: 'a write is told within ten seconds by scope and collection, and by nothing of its content',
    run: async (trial) => {
      const doc = trial.callBack('a text that no hint may hold');
      await withStream(trial, async ({ until }) => {
        await until('hello');
        await trial.push([{ newDocumentState: doc }]);
        const { data } = await until('change');
        expectEqual(
          { coll: data.coll, scope: data.scope },
          { coll: WRITTEN, scope: trial.own.scope },
          'hint',
        );
        const raw = JSON.stringify(data);
        expectThat(!raw.includes(String(doc.text)) && !raw.includes(doc.id), 'a hint, no content');
      });
      await withdraw(trial, [doc]);
    },
  },
  {
    id: 'events-others',
    rule: "nobody is told of another customer's write",
    run: async (trial) => {
      const other = new Trial(trial.probe, trial.other, trial.own);
      const [own, theirs] = [trial.callBack(), other.callBack()];
      await withStream(trial, async ({ until, seen }) => {
        await until('hello');
        await other.push([{ newDocumentState: theirs }]);
        await trial.push([{ newDocumentState: own }]);
        await until('change');
        const scopes = seen().map(({ data }) => data.scope);
        expectThat(!scopes.includes(trial.other.scope), 'no hint of the other scope');
      });
      await withdraw(trial, [own]);
      await withdraw(other, [theirs]);
    },
  },
  {
    id: 'events-limit',
    rule: `a person has ${PER_SUBJECT} streams at most; the next gets 429 and Retry-After`,
    run: async (trial) => {
      const aborts: AbortController[] = [];
      try {
        for (let n = 0; n < PER_SUBJECT + 1; n++) {
          const abort = new AbortController();
          aborts.push(abort);
          const { status, headers } = await trial.probe.stream(trial.own.token, abort);
          if (n < PER_SUBJECT) expectEqual(status, 200, `status of stream ${n + 1}:`);
          else {
            expectEqual(status, 429, 'status of one too many:');
            expectThat(headers.get('retry-after') !== null, 'Retry-After');
          }
        }
      } finally {
        for (const abort of aborts) abort.abort();
      }
    },
  },
];

interface Reading {
  response: Response;
  /** The next event of that name. Throws after PATIENCE. */
  until: (event: string) => Promise<ServerEvent>;
  /** All that came so far. */
  seen: () => readonly ServerEvent[];
}

async function withStream(trial: Trial, read: (reading: Reading) => Promise<void>): Promise<void> {
  const abort = new AbortController();
  const response = await trial.probe.stream(trial.own.token, abort);
  try {
    expectStatus({ status: response.status, headers: response.headers, text: '', json: null }, 200);
    const events = eventsOf(response);
    const seen: ServerEvent[] = [];
    const until = async (name: string) => {
      const late = setTimeout(() => abort.abort(), PATIENCE);
      try {
        for (;;) {
          const next = await events.next().catch(() => null);
          if (next === null || next.done === true) break;
          seen.push(next.value);
          if (next.value.event === name) return next.value;
        }
      } finally {
        clearTimeout(late);
      }
      throw new Misfit(`an event ${name} within ${PATIENCE / 1000} s`);
    };
    await read({ response, until, seen: () => seen });
  } finally {
    abort.abort();
  }
}

/** The events of a stream, as the HTML standard has them. */
async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop()!;
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split(/\r?\n/)
          .filter((line) => line.startsWith(`${name}:`))
          .map((line) => line.slice(name.length + 1).replace(/^ /, ''))
          .join('\n');
      yield { event: field('event'), data: parse(field('data')) };
    }
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
