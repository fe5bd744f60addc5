import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import { loadPolicy } from '@liyu/policy/node';
import type { Database } from '../db/database.js';
import { listen } from '../http/listen.js';
import type { Listener } from '../http/listen.js';
import { startServer } from '../start-server.js';
import type { RunningServer } from '../start-server.js';
import { writeDocs } from '../sync/write-docs.js';
import { openMigratedPglite } from '../testing/migrated.js';
import { createIssuer } from '../testing/issuer.js';
import { liyu } from '../testing/liyu-command.js';
import { customerDoc, invitation } from '../testing/records.js';
import { checks, runChecks } from './run-checks.js';
import { readTestCustomers } from './test-customers.js';

interface Answer {
  status: number;
  headers: Headers;
  json: Record<string, unknown>;
}
interface Page {
  documents: Record<string, unknown>[];
  checkpoint: { e: number; v: number };
  more: boolean;
}

const pageOf = (json: unknown) => json as Page;

/** A fault of a server that a bank could have written, and the checks that see it. */
interface Fault {
  name: string;
  seenBy: string[];
  /** Changes the request before the server sees it. */
  ask?: (path: string, body: Record<string, unknown>, headers: Headers) => void;
  /** Changes the answer. */
  answer?: (path: string, answer: Answer, body: Record<string, unknown>) => void;
}

let lastEpoch = 0;

const FAULTS: Fault[] = [
  {
    name: 'says why a token is refused',
    seenBy: ['access-401'],
    answer: (_, { status, json }, body) => {
      if (status === 401) json.detail = `${Math.random()} ${JSON.stringify(body).length}`;
    },
  },
  {
    name: 'tells a scope that is not there from one that is not yours',
    seenBy: ['access-other'],
    answer: (_, answer, { scope }) => {
      if (answer.status === 403 && String(scope).includes('nobody')) answer.status = 404;
    },
  },
  {
    name: 'takes any media type',
    seenBy: ['access-media-type'],
    ask: (_, __, headers) => headers.set('content-type', 'application/json'),
  },
  {
    name: 'takes any version of the schema',
    seenBy: ['access-version'],
    ask: (_, body) => {
      if (body.sv !== undefined) body.sv = 0;
    },
  },
  {
    name: 'lets a cache keep records',
    seenBy: ['access-headers'],
    answer: (_, { headers }) => headers.set('cache-control', 'public, max-age=60'),
  },
  {
    name: 'tells a field that is none of the customer',
    seenBy: ['pull-schema'],
    answer: (path, { json }) => {
      if (path.endsWith('/pull')) for (const doc of pageOf(json).documents ?? []) doc.aml = 'AML-2';
    },
  },
  {
    name: 'ends a pull before its end',
    seenBy: ['pull-pages'],
    answer: (path, { status, json }) => {
      if (path.endsWith('/pull') && status === 200) json.more = false;
    },
  },
  {
    name: 'gives the last record once more',
    seenBy: ['pull-end', 'push-again'],
    ask: (path, { cp }) => {
      const checkpoint = cp as Page['checkpoint'] | null | undefined;
      if (path.endsWith('/pull') && checkpoint != null && checkpoint.v > 0) checkpoint.v -= 1;
    },
  },
  {
    name: 'takes a checkpoint of another epoch',
    seenBy: ['pull-resync'],
    ask: (path, { cp }) => {
      if (path.endsWith('/pull') && cp != null) (cp as Page['checkpoint']).e = lastEpoch;
    },
    answer: (path, { status, json }) => {
      if (path.endsWith('/pull') && status === 200) lastEpoch = pageOf(json).checkpoint.e;
    },
  },
  {
    name: 'skips what was written while it answered',
    seenBy: ['pull-order'],
    answer: (path, { status, json }) => {
      if (path.endsWith('/pull') && status === 200 && pageOf(json).documents.length > 1) {
        pageOf(json).documents.pop();
      }
    },
  },
  {
    name: 'takes the base of an edit for what is held',
    seenBy: ['push-conflict'],
    ask: (path, body) => {
      if (!path.endsWith('/push')) return;
      for (const row of body.rows as Record<string, Record<string, unknown>>[]) {
        const steps = row.newDocumentState?.steps as { text?: string }[] | undefined;
        if (steps?.[0]?.text === 'second') row.newDocumentState = row.assumedMasterState!;
      }
    },
  },
  {
    name: 'fails a push for one bad row',
    seenBy: ['push-rows'],
    answer: (path, answer) => {
      const { rejects } = answer.json as { rejects?: { code: string }[] };
      if (path.endsWith('/push') && rejects?.some(({ code }) => code === 'invalid')) {
        answer.status = 400;
      }
    },
  },
  {
    name: 'counts a digest wrong',
    seenBy: ['pull-digest'],
    answer: (path, { json }) => {
      if (path.endsWith('/digest')) json.count = Number(json.count) + 1;
    },
  },
];

describe('liyu conformance', () => {
  const folder = mkdtempSync(join(tmpdir(), 'liyu-'));
  const tokens = join(folder, 'tokens.json');
  let server: RunningServer;

  let database: Database;
  before(async () => {
    const issuer = await createIssuer();
    database = await openMigratedPglite();
    server = await startServer({ database, auth: issuer, poll: 50, policy: loadPolicy() });
    for (const id of ['c-anna', 'c-bob']) {
      await writeDocs(database, collections, `c:${id}`, [
        { coll: 'customers', doc: customerDoc(id, id) },
        { coll: 'surveys', doc: invitation(id, `${id}-s1`) },
      ]);
    }
    const both = [await issuer.token('c-anna'), await issuer.token('c-bob')];
    writeFileSync(tokens, JSON.stringify({ customers: both }));
  });
  after(async () => {
    await server.close();
    await database.close();
    rmSync(folder, { recursive: true });
  });

  /** Stands before the server and gives it a fault. */
  const withFault = ({ ask, answer }: Fault): Promise<Listener> =>
    listen(
      async (request) => {
        const path = new URL(request.url).pathname;
        const target = `${server.url}${path}`;
        const headers = new Headers(request.headers);
        for (const name of ['host', 'content-length', 'connection']) headers.delete(name);
        if (request.method === 'GET') return fetch(target, { headers, signal: request.signal });
        const text = await request.text();
        let body: Record<string, unknown> = {};
        try {
          body = JSON.parse(text) as Record<string, unknown>;
        } catch {
          // Goes through as it is.
        }
        const before = JSON.stringify(body);
        ask?.(path, body, headers);
        const sent = JSON.stringify(body) === before ? text : JSON.stringify(body);
        const found = await fetch(target, { method: 'POST', headers, body: sent });
        const json = (await found.json()) as Record<string, unknown>;
        const changed = { status: found.status, headers: new Headers(found.headers), json };
        answer?.(path, changed, body);
        for (const name of [
          'content-length',
          'content-encoding',
          'transfer-encoding',
          'connection',
        ])
          changed.headers.delete(name);
        return new Response(JSON.stringify(changed.json), changed);
      },
      '127.0.0.1',
      0,
    );

  it('finds that all holds of our own server', async () => {
    const { code, stdout, stderr } = await liyu(['conformance', server.url, '--tokens', tokens]);
    assert.equal(stderr, '');
    assert.match(stdout, new RegExp(`\\n${checks.length} hold, 0 fail, 0 skipped\\n$`), stdout);
    assert.equal(code, 0);
  });

  for (const fault of FAULTS) {
    it(`sees a server that ${fault.name}`, async () => {
      const listener = await withFault(fault);
      try {
        const which = checks.filter(({ id }) => fault.seenBy.includes(id));
        for await (const result of runChecks(listener.url, readTestCustomers(tokens), which)) {
          assert.equal(result.verdict, 'fails', result.id);
          assert.ok(result.exchange, 'the request and the answer');
          assert.ok(!JSON.stringify(result).includes('eyJ'), 'no token');
        }
      } finally {
        await listener.close(0);
      }
    });
  }

  it('waits for a server that has people wait', async () => {
    let asked = 0;
    let waited = 0;
    const listener = await withFault({
      name: '',
      seenBy: [],
      answer: (_, answer) => {
        if (++asked % 3 !== 0) return;
        waited += 1;
        answer.status = 429;
        answer.headers.set('retry-after', '0');
      },
    });
    try {
      const which = checks.filter(({ id }) => id === 'access-version' || id === 'pull-end');
      for await (const { verdict, id } of runChecks(
        listener.url,
        readTestCustomers(tokens),
        which,
      )) {
        assert.equal(verdict, 'holds', id);
      }
      assert.ok(waited > 0);
    } finally {
      await listener.close(0);
    }
  });

  const refusals: [why: string, file: string, message: RegExp][] = [
    ['no JSON', '{', /tokens\.json: no JSON/],
    ['no list', '{"customers": "x"}', /tokens\.json: must be \{"customers": \[TOKEN, TOKEN\]\}/],
    ['one token', '{"customers": ["x"]}', /must be/],
    ['no tokens', '{"customers": ["x", "y"]}', /customers\.0: no token with role and customer/],
  ];
  for (const [why, text, message] of refusals) {
    it(`refuses a file of tokens with ${why}`, async () => {
      const file = join(mkdtempSync(join(folder, 'bad-')), 'tokens.json');
      writeFileSync(file, text);
      const { code, stderr } = await liyu(['conformance', server.url, '--tokens', file]);
      assert.equal(code, 1);
      assert.match(stderr, message);
    });
  }

  it('says that nobody answers, and how it is used', async () => {
    const nobody = await liyu(['conformance', 'http://127.0.0.1:9', '--tokens', tokens]);
    assert.equal(nobody.code, 1);
    assert.match(nobody.stderr, /^liyu: http:\/\/127\.0\.0\.1:9\/sync\/v1\/pull: no answer/);
    for (const args of [[], ['--tokens', tokens], ['nothing', '--tokens', tokens], [server.url]]) {
      assert.equal((await liyu(['conformance', ...args])).code, 2, args.join(' '));
    }
  });
});
