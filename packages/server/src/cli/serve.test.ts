import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_POLICY_DIR } from '@liyu/policy/node';
import { startPostgres } from '../../../../test/postgres/start-postgres.js';
import { openDatabase } from '../db/open-database.js';
import { createIssuer } from '../testing/issuer.js';
import { EventReader } from '../testing/event-reader.js';
import { LiyuCommand, liyu } from '../testing/liyu-command.js';
import { scrape } from '../testing/scrape.js';

let dir: string;
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'liyu-serve-'));
});
after(() => {
  rmSync(dir, { recursive: true, force: true });
});

async function post(url: string, body: object, token?: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, never>;
}

/** Makes the database fail under a write, with a message that quotes what was written. */
async function refuseWrites(url: string): Promise<void> {
  const db = await openDatabase(url);
  await db.query(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
     AS $$ BEGIN RAISE EXCEPTION E'no %\\n    at %', NEW.scope, NEW.scope; END $$`,
  );
  await db.query(
    'CREATE TRIGGER refuse BEFORE INSERT ON scope FOR EACH ROW EXECUTE FUNCTION refuse()',
  );
  await db.close();
}

interface Pulled {
  documents: Record<string, unknown>[];
}

describe('liyu serve --demo', () => {
  it('serves the sample, keeps what was answered over a restart, and ends with streams open', async () => {
    const env = { DATABASE_URL: `pglite:${join(dir, 'db')}`, PORT: '0' };
    for (const round of ['first', 'second']) {
      const command = new LiyuCommand(['serve', '--demo'], env);
      const url = await command.url();
      const response = await fetch(`${url}/demo/customers`);
      const customers = (await response.json()) as { id: string; rung: string; name: string }[];
      assert.equal(customers.length, 13);
      const customer = customers[0]?.id ?? '';
      const { token } = await post(`${url}/demo/token`, { customer });
      assert.deepEqual(await post(`${url}/demo/token`, { customer: 'c-nobody' }), {
        type: 'urn:liyu:problem:not_found',
        status: 404,
        code: 'not_found',
      });
      const target = { coll: 'surveys', scope: `c:${customer}`, sv: 0 };
      const pull = async () =>
        (await post(
          `${url}/sync/v1/pull`,
          { ...target, cp: null, limit: 9 },
          token,
        )) as unknown as Pulled;
      const survey = (await pull()).documents[0];
      assert.equal(survey?.state, round === 'first' ? 'invited' : 'submitted');
      if (round === 'first') {
        const next = { ...survey, state: 'submitted', answers: { q1: 5 } };
        const rows = [{ newDocumentState: next, assumedMasterState: survey }];
        const answer = await post(`${url}/sync/v1/push`, { ...target, rows }, token);
        assert.deepEqual(answer, { conflicts: [], rejects: [] });
      }

      const other = await liyu(['migrate'], env);
      assert.equal(other.code, 1);
      assert.match(other.stderr, /in use by process \d+/);

      const streams = await Promise.all(
        [1, 2, 3].map(() => EventReader.open(`${url}/sync/v1/events`, token ?? '')),
      );
      const spare = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
      const started = performance.now();
      command.child.kill(round === 'first' ? 'SIGTERM' : 'SIGINT');
      for (const stream of streams) await stream.until('bye');
      const { code, stdout } = await command.result();
      spare.destroy();
      assert.equal(code, 0);
      assert.ok(performance.now() - started < 4_000);
      assert.equal(stdout, `ready ${url}\n`);
      assert.ok(!existsSync(join(dir, 'db.lock')));
    }
  });

  it('is not for production', async () => {
    const { code, stdout, stderr } = await liyu(['serve', '--demo'], {
      NODE_ENV: 'production',
      DATABASE_URL: 'pglite:memory',
    });
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /--demo .* production/);
  });
});

describe('liyu serve', () => {
  const base = {
    DATABASE_URL: 'pglite:memory',
    PORT: '0',
    LIYU_ISSUER: 'https://sign-in.example',
    LIYU_AUDIENCE: 'liyu',
  };

  it('says which setting is missing or wrong', async () => {
    const jwks = join(dir, 'keys.json');
    writeFileSync(jwks, JSON.stringify((await createIssuer()).jwks));
    const secret = join(dir, 'private.json');
    writeFileSync(secret, JSON.stringify({ keys: [{ kty: 'EC', d: 'secret' }] }));
    const whole = { ...base, LIYU_JWKS_FILE: jwks };
    const cases: [env: Record<string, string>, says: RegExp][] = [
      [base, /LIYU_JWKS_URL or LIYU_JWKS_FILE/],
      [{ ...base, LIYU_JWKS_FILE: join(dir, 'none.json') }, /LIYU_JWKS_FILE/],
      [{ ...base, LIYU_JWKS_FILE: secret }, /LIYU_JWKS_FILE.*private/],
      [{ ...base, LIYU_JWKS_URL: 'http://keys.example/jwks' }, /LIYU_JWKS_URL.*https/],
      [{ ...whole, LIYU_ISSUER: '' }, /LIYU_ISSUER/],
      [{ ...whole, LIYU_AUDIENCE: '' }, /LIYU_AUDIENCE/],
      [{ ...whole, LIYU_ORIGINS: 'https://portal.example/' }, /LIYU_ORIGINS/],
      [{ ...whole, LIYU_TRUSTED_PROXIES: 'proxy.example' }, /LIYU_TRUSTED_PROXIES/],
      [{ ...whole, LIYU_RATE_SUBJECT: '-1' }, /LIYU_RATE_SUBJECT/],
      [{ ...whole, LIYU_RATE_ADDRESS: 'many' }, /LIYU_RATE_ADDRESS/],
      [{ ...whole, PORT: '65536' }, /^liyu: PORT/],
      [{ ...whole, METRICS_PORT: 'on' }, /^liyu: METRICS_PORT/],
      [{ ...whole, PORT: '9', METRICS_PORT: '9' }, /METRICS_PORT.*PORT/],
      [{ ...whole, LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
      [{ ...whole, DATABASE_URL: 'mysql://x' }, /DATABASE_URL/],
      [
        { ...whole, DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:9/x' },
        /DATABASE_URL.*ECONNREFUSED/,
      ],
    ];
    for (const [env, says] of cases) {
      const { code, stdout, stderr } = await liyu(['serve'], env);
      assert.deepEqual([code, stdout], [1, ''], JSON.stringify(env));
      assert.match(stderr, says);
      assert.ok(!stderr.includes('hunter2'));
    }
  });

  it('does not start with a broken policy, and says what is wrong with it', async () => {
    const policy = join(dir, 'policy');
    cpSync(DEFAULT_POLICY_DIR, policy, { recursive: true });
    const ladder = readFileSync(join(policy, 'tier-ladder.json'), 'utf8');
    writeFileSync(join(policy, 'tier-ladder.json'), ladder.replaceAll('"VIP-1"', '"VIP-2"'));
    const { code, stderr } = await liyu(['serve', '--demo'], { ...base, LIYU_POLICY_DIR: policy });
    assert.equal(code, 1);
    assert.match(stderr, /tier-ladder\.json: VIP-2: this id stands twice/);
    assert.ok(!stderr.includes('    at '), 'no stack');
  });

  it('serves metrics where METRICS_PORT says, and tells the port in the log', async () => {
    const command = new LiyuCommand(['serve', '--demo'], { ...base, METRICS_PORT: '0' });
    const url = await command.url();
    const serving = () => command.stderr.split('\n').find((line) => line.includes('"serving"'));
    while (serving() === undefined) await sleep(20);
    const { port, metrics } = JSON.parse(serving() ?? '') as { port: number; metrics: number };
    assert.equal(port, Number(new URL(url).port));
    const found = await scrape(`http://127.0.0.1:${metrics}/metrics`);
    assert.equal(found.value('liyu_ready'), 1);
    command.child.kill('SIGTERM');
    assert.deepEqual((await command.result()).code, 0);
  });

  it('logs requests as JSON lines without personal data, on PostgreSQL too', async () => {
    const postgres = await startPostgres();
    try {
      const issuer = await createIssuer();
      const jwks = join(dir, 'jwks.json');
      writeFileSync(jwks, JSON.stringify(issuer.jwks));
      const command = new LiyuCommand(['serve'], {
        ...base,
        DATABASE_URL: postgres.url,
        LIYU_JWKS_FILE: jwks,
        LOG_LEVEL: 'trace',
      });
      const url = await command.url();
      const customer = 'CANARY-id';
      const token = await issuer.token(customer);
      const target = { coll: 'surveys', scope: `c:${customer}`, sv: 0 };
      const survey = {
        id: 'CANARY-survey',
        customer,
        template: 'CANARY',
        answers: { q1: 'CANARY' },
      };
      await post(`${url}/sync/v1/pull`, { ...target, cp: null, limit: 1 }, token);
      await post(`${url}/sync/v1/push`, { ...target, rows: [{ newDocumentState: survey }] }, token);
      await post(`${url}/sync/v1/pull?q=CANARY`, { CANARY: 'CANARY' }, token);
      await post(`${url}/sync/v1/pull`, { ...target, scope: 'c:CANARY' }, `${token}x`);
      await fetch(`${url}/CANARY`, { headers: { 'User-Agent': 'CANARY', Cookie: 'CANARY' } });
      await refuseWrites(postgres.url);
      const rows = [{ newDocumentState: survey }];
      const refused = await post(`${url}/sync/v1/push`, { ...target, rows }, token);
      assert.deepEqual(refused, {
        type: 'urn:liyu:problem:internal',
        status: 500,
        code: 'internal',
      });
      const stream = await EventReader.open(`${url}/sync/v1/events`, token);
      await postgres.stop();
      const failed = await post(`${url}/sync/v1/pull`, { ...target, cp: null, limit: 1 }, token);
      assert.equal(failed.code, 'unavailable');
      const ready = await fetch(`${url}/readyz`);
      assert.equal(ready.status, 503);
      command.child.kill('SIGTERM');
      await stream.until('bye');
      const { code, stdout, stderr } = await command.result();
      assert.equal(code, 0);

      assert.equal(stdout, `ready ${url}\n`);
      assert.ok(!stderr.includes('CANARY') && !stderr.includes(token.slice(-20)));
      const lines = stderr
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const requests = lines.filter((line) => line.event === 'request');
      assert.deepEqual(
        requests.map(({ method, route, status, code }) => [method, route, status, code]),
        [
          ['POST', '/sync/v1/pull', 200, undefined],
          ['POST', '/sync/v1/push', 200, undefined],
          ['POST', '/sync/v1/pull', 400, 'bad_request'],
          ['POST', '/sync/v1/pull', 401, 'unauthorized'],
          ['GET', '/*', 404, 'not_found'],
          ['POST', '/sync/v1/push', 500, 'internal'],
          ['GET', '/sync/v1/events', 200, undefined],
          ['POST', '/sync/v1/pull', 503, 'unavailable'],
          ['GET', '/readyz', 503, 'unavailable'],
        ],
      );
    } finally {
      await postgres.stop();
    }
  });
});
