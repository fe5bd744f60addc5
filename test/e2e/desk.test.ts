import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { startPortal } from '@liyu/demo';
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startPostgres } from '../postgres/start-postgres.js';
import { startLiyu } from '../start-liyu.mjs';
import { launch, openPage, until } from './house.js';

/** The client manager of the demo's first customer. */
const WANG = 'M1001';

interface AuditRow {
  customer: string;
  actor: string;
  action: string;
  field: string;
  reason: string;
}

describe('the desk of the staff', { timeout: 240_000 }, () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let liyu: Awaited<ReturnType<typeof startLiyu>>;
  let browser: Browser;
  let db: pg.Client;
  const ends: (() => Promise<unknown>)[] = [];

  before(async () => {
    const postgres = await startPostgres();
    ends.push(() => postgres.stop());
    liyu = await startLiyu({ DATABASE_URL: postgres.url });
    ends.push(() => liyu.stop());
    portal = await startPortal({ serverUrl: liyu.url, port: 0 });
    ends.push(() => portal.close());
    db = new pg.Client({ connectionString: postgres.url });
    await db.connect();
    ends.push(() => db.end());
    browser = await launch();
    ends.push(() => browser.close());
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  const audit = async () =>
    (await db.query<AuditRow>('SELECT customer, actor, field, reason FROM reveal ORDER BY at, n'))
      .rows;

  async function openDesk(context: BrowserContext, address = '/desk') {
    const opened = await openPage(context, portal.url + address);
    await opened.page.locator('#manager').selectOption(WANG);
    await opened.page.locator('.sign-in button').click();
    await opened.page.locator('[data-list] button').first().waitFor();
    return opened;
  }
  const card = (page: Page) => page.locator('liyu-customer-card');

  it('shows a phone in the clear for a reason, and keeps who looked, at what and why', async () => {
    const context = await browser.newContext();
    const { page, troubles } = await openDesk(context);
    await page.getByLabel('查找客户').fill('c-8f3a');
    await page.locator('[data-list] button').filter({ hasText: '陈*怡' }).click();
    await card(page).locator('[data-state=ready]').waitFor();
    assert.match(
      await card(page).locator('[part=root]').innerText(),
      /^往来\d+年，VIP客户1级[\s\S]*陈\*怡[\s\S]*138\*\*\*\*5678/,
    );
    await card(page).getByRole('button', { name: '查看 手机号' }).click();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await card(page).getByRole('combobox').selectOption({ label: '其他原因' });
    await card(page).getByRole('textbox').fill('客户来电，核对预留号码');
    await page.keyboard.press('Enter');
    const phone = await card(page).locator('[data-field=phone] .clear').innerText();
    assert.match(phone, /^138\d{4}5678$/);
    assert.ok(!(await card(page).innerText()).includes('138****'));
    const rows = await until('an audit row', async () => {
      const found = await audit();
      return found.length > 0 && found;
    });
    assert.deepEqual(rows, [
      {
        customer: 'c-8f3a',
        actor: WANG,
        field: 'phone',
        reason: '客户来电，核对预留号码',
      },
    ]);
    await card(page).getByRole('button', { name: '隐藏 手机号' }).click();
    assert.ok(!(await card(page).innerText()).includes(phone));
    assert.ok(!liyu.log().includes(phone), 'nor in the log');
    assert.deepEqual(troubles, []);
    await context.close();
  });

  it('leaves nothing on the device after a sign-out', async () => {
    const context = await browser.newContext();
    const { page } = await openDesk(context);
    await page.locator('[data-list] button').first().click();
    await card(page).locator('[data-state=ready]').waitFor();
    await page.getByRole('link', { name: '安全退出' }).click();
    await page.locator('#manager').waitFor();
    const left = await page.evaluate(async () => [
      ...(await indexedDB.databases()).map((info) => info.name),
      ...Object.keys(localStorage),
    ]);
    assert.deepEqual(left, []);
    await context.close();
  });

  it('speaks English', async () => {
    const context = await browser.newContext();
    const { page } = await openDesk(context, '/desk?lang=en');
    await page.locator('[data-list] button').first().click();
    await card(page).locator('[data-state=ready]').waitFor();
    assert.match(await card(page).locator('[part=root]').innerText(), / with us, /);
    assert.match(await page.locator('[data-count]').innerText(), /^\d+ in all/);
    await context.close();
  });

  it('passes the staff routes on for its staff alone, and nothing beside them', async () => {
    const { hostname, port } = new URL(portal.url);
    const given = await fetch(`${liyu.url}/demo/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ manager: WANG }),
    });
    const { token } = (await given.json()) as { token: string };
    const look = { customer: 'c-8f3a', field: 'name', reason: '核实身份' };
    const ask = (path: string, cookie: string) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        const headers = {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          cookie,
        };
        const sent = request({ hostname, port, path, method: 'POST', headers }, (answer) => {
          let text = '';
          answer.on('data', (data) => (text += String(data)));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        });
        sent.on('error', reject);
        sent.end(JSON.stringify({ ...look, manager: WANG }));
      });
    const staff = `portal_staff=${WANG}`;
    assert.equal((await ask('/liyu/staff/v1/reveal', staff)).status, 200);
    for (const [path, cookie] of [
      ['/liyu/staff/v1/reveal', ''],
      ['/liyu/staff/v1/reveal', 'portal_customer=c-8f3a'],
      ['/liyu/staff/v1/reveal', 'portal_staff=M9999'],
      ['/liyu/staff/v1/../../demo/token', staff],
      ['/liyu/staff/v1/%2e%2e/%2e%2e/demo/token', staff],
      ['/liyu/staff/v2/reveal', staff],
      ['//liyu/staff/v1/reveal', staff],
    ] as const) {
      const { status, text } = await ask(path, cookie);
      assert.equal(status, 404, `${path} ${cookie}`);
      assert.doesNotMatch(text, /token|value/, path);
    }
  });
});
