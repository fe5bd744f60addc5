import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openDatabase } from '@liyu/server';
import { liyu } from '../../packages/server/src/testing/liyu-command.js';
import { openPage, startHouse, untilReady } from './house.js';
import type { House } from './house.js';

const CUSTOMER = 'c-8f3a';
/** The first of the month after this one, in Asia/Shanghai. */
const NEXT = (() => {
  const [year, month] = new Date(Date.now() + 8 * 3_600_000)
    .toISOString()
    .split('-')
    .map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
})();

describe('the evaluation of the month', { timeout: 120_000 }, () => {
  let house: House;
  before(async () => {
    house = await startHouse('PostgreSQL');
  });
  after(() => house.stop());

  it('shows a customer the new level on the open page, without a reload', async () => {
    const context = await house.browser.newContext();
    const { page, troubles } = await openPage(context, house.url);
    await untilReady(page);
    const badge = page.locator('liyu-tier-badge');
    await badge.getByText('VIP客户1级').first().waitFor();

    const env = { DATABASE_URL: house.databaseUrl! };
    const db = await openDatabase(env.DATABASE_URL);
    await db.query(`UPDATE metrics SET deposit_avg_3m_fen = 900000000000 WHERE customer = $1`, [
      CUSTOMER,
    ]);
    await db.close();
    const { code, stdout, stderr } = await liyu(['reassess', '--date', NEXT], env);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /"assessed":13/);

    await badge.getByText('大额客户').first().waitFor({ timeout: 10_000 });
    await page.locator('liyu-benefit-panel').getByText('大额客户').first().waitFor();
    assert.deepEqual(troubles, []);
    await context.close();
  });
});
