import assert from 'node:assert/strict';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import { loadPolicy } from '@liyu/policy/node';
import { onEveryEngine } from '../testing/engines.js';
import { testServers } from '../testing/test-server.js';
import type { Staff, TestServer } from '../testing/test-server.js';
import { publishRecords } from './publish-records.js';

const policy = loadPolicy();
const start = testServers();
const MINE: Staff = { manager: 'M1', branch: 'B1', duties: ['client-manager'] };
const OTHER: Staff = { manager: 'M2', branch: 'B2', duties: ['client-manager', 'lobby'] };

onEveryEngine((fresh) => {
  const serve = async () => {
    const server = await start(await fresh(), { now: () => Date.parse('2026-11-22T08:00:00Z') });
    await server.db.query(
      `INSERT INTO managers (manager, name, phone) VALUES ('M1', '王慧敏', '010-5555-0101')`,
    );
    await server.db.query(`INSERT INTO branches (branch, name) VALUES ('B1', '滨江支行')`);
    await server.db.query(
      `INSERT INTO customers (customer, name, phone, birthday, branch, client_manager, as_of)
       VALUES ('c-1', '欧阳小明', '13800001234', '1990-03-07', 'B1', 'M1', '2026-11-01')`,
    );
    await publishRecords(server.db, collections, policy);
    return server;
  };
  const clock = Date.parse('2026-11-22T08:00:00Z') / 1000;
  const ask = (server: TestServer, body: object, who: Staff | string = MINE) =>
    server.issuer
      .token(typeof who === 'string' ? who : who.manager, {
        iat: clock,
        exp: clock + 300,
        ...(typeof who === 'string' ? {} : { role: 'staff', customer: undefined, ...who }),
      })
      .then((token) =>
        server.send('/staff/v1/reveal', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
          body: JSON.stringify(body),
        }),
      );
  const audit = (server: TestServer) =>
    server.db.query(`SELECT customer, n, actor, field, reason FROM reveal ORDER BY customer, n`);
  const request = { customer: 'c-1', field: 'phone', reason: '客户来电核实' };

  it('shows one field in the clear and keeps who looked, at what and why', async () => {
    const server = await serve();
    assert.deepEqual((await ask(server, request)).json, { value: '13800001234' });
    assert.deepEqual((await ask(server, { ...request, field: 'name' })).json, {
      value: '欧阳小明',
    });
    assert.deepEqual((await ask(server, { ...request, field: 'birthday' })).json, {
      value: '1990-03-07',
    });
    const row = { customer: 'c-1', actor: 'M1', reason: '客户来电核实' };
    assert.deepEqual(await audit(server), [
      { ...row, n: 1, field: 'phone' },
      { ...row, n: 2, field: 'name' },
      { ...row, n: 3, field: 'birthday' },
    ]);
  });

  it('shows nothing and keeps nothing for others, without a reason, or of what is no field', async () => {
    const server = await serve();
    const cases: [body: object, who: Staff | string, status: number][] = [
      [request, OTHER, 403],
      [request, { ...MINE, duties: [] }, 403],
      [request, 'c-1', 403],
      [{ ...request, customer: 'c-2' }, MINE, 403],
      [{ ...request, reason: ' ' }, MINE, 400],
      [{ ...request, reason: 'x\0y' }, MINE, 400],
      [{ ...request, field: 'consents' }, MINE, 400],
      [{ customer: 'c-1', field: 'phone' }, MINE, 400],
    ];
    for (const [body, who, status] of cases) {
      const answer = await ask(server, body, who);
      assert.equal(answer.status, status, JSON.stringify([body, who, answer.text]));
      assert.ok(!answer.text.includes('1380'), 'no value');
    }
    assert.deepEqual(await audit(server), []);
  });

  it('counts looks that come at once one after another', async () => {
    const server = await serve();
    await Promise.all(Array.from({ length: 8 }, () => ask(server, request)));
    assert.deepEqual(
      (await audit(server)).map((row) => (row as { n: number }).n),
      [1, 2, 3, 4, 5, 6, 7, 8],
    );
  });
});
