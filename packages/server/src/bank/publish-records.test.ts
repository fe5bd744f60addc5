import assert from 'node:assert/strict';
import { it } from 'node:test';
import { collections } from '@liyu/model/schemas';
import type { Customer, Holding } from '@liyu/model';
import { loadPolicy } from '@liyu/policy/node';
import type { Database } from '../db/database.js';
import { readCollection } from '../sync/stored-doc.js';
import { writeDocs } from '../sync/write-docs.js';
import { onEveryEngine } from '../testing/engines.js';
import { publishRecords } from './publish-records.js';

const policy = loadPolicy();

onEveryEngine((fresh) => {
  const bank = async (): Promise<Database> => {
    const db = await fresh();
    for (const sql of [
      `INSERT INTO branches VALUES ('B1', '滨江支行', 'Binjiang Branch', true)`,
      `INSERT INTO managers VALUES ('M1', '王慧敏', '010-5555-0101', 'B1', '{client-manager}')`,
      `INSERT INTO customers (customer, name, phone, birthday, birthday_calendar, since, branch,
         client_manager, channel, consents, as_of)
       VALUES ('c-1', '欧阳小明', '13812345678', '1990-03-07', 'lunar', '2018-06-12', 'B1', 'M1',
         'PHONE', '{CARE}', '2026-10-31'),
         ('c-2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-31')`,
      `INSERT INTO holdings (customer, id, kind, name, amount_fen, as_of)
       VALUES ('c-1', 'd-1', 'DEPOSIT', '定期存款', 500000, '2026-10-31'),
         ('c-1', 'd-2', 'DEPOSIT', '活期', NULL, '2026-10-31')`,
    ]) {
      await db.query(sql);
    }
    return db;
  };
  const publish = (db: Database) => publishRecords(db, collections, policy);
  const customer = async (db: Database, id = 'c-1') =>
    (await readCollection(db, id, 'customers'))[0] as unknown as Customer;

  it('masks what leaves the server and says what it does not know', async () => {
    const db = await bank();
    assert.equal(await publish(db), 4);
    const known = await customer(db);
    assert.deepEqual(
      [known.name, known.phone, known.birthday, known.birthdayCalendar],
      ['欧阳*明', '138****5678', '****-03-07', 'lunar'],
    );
    assert.deepEqual(known.branch?.name, { 'zh-CN': '滨江支行', en: 'Binjiang Branch' });
    assert.deepEqual(known.clientManager, { id: 'M1', name: '王慧敏', phone: '010-5555-0101' });
    assert.deepEqual(
      [
        known.preferences.channelLabel?.['zh-CN'],
        known.preferences.care,
        known.preferences.surveys,
      ],
      ['电话', true, false],
    );
    const unknown = await customer(db, 'c-2');
    assert.deepEqual(
      [unknown.name, unknown.since, unknown.branch, unknown.tier, unknown.preferences.care],
      [null, null, null, null, false],
    );
    const text = JSON.stringify(await db.query('SELECT body FROM doc'));
    for (const secret of ['小明', '12345678', '1990']) assert.ok(!text.includes(secret), secret);
  });

  it('writes only what changed, and deletes what the bank no longer has', async () => {
    const db = await bank();
    await publish(db);
    assert.equal(await publish(db), 0);
    await db.query(`UPDATE holdings SET amount_fen = 1 WHERE id = 'd-1'`);
    await db.query(`DELETE FROM holdings WHERE id = 'd-2'`);
    assert.equal(await publish(db), 2);
    const held = (await readCollection(db, 'c-1', 'holdings')) as unknown as Holding[];
    assert.deepEqual(
      held.map(({ id, amountFen }) => [id, amountFen]),
      [['c-1:d-1', 1]],
    );
  });

  it('leaves what the customer set, and the tier, as they are', async () => {
    const db = await bank();
    await publish(db);
    const before = await customer(db);
    const tier = { class: 'VIP', level: 1, rung: 'VIP-1', label: { 'zh-CN': '一级', en: 'one' } };
    const preferences = { ...before.preferences, care: false, contactTime: 'EVENING' };
    const doc = { ...before, locale: 'en', tier, preferences };
    await writeDocs(db, collections, 'c:c-1', [{ coll: 'customers', doc }]);
    await db.query(`UPDATE customers SET as_of = '2026-11-30', channel = 'SMS', locale = 'zh-CN'`);
    await publish(db);
    const after = await customer(db);
    assert.equal(after.asOf, '2026-11-30');
    assert.deepEqual([after.locale, after.tier, after.preferences], ['en', tier, preferences]);
  });
});
