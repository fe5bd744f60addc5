import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Kit } from '@liyu/kit';
import type { Survey } from '@liyu/model';
import type { Page } from 'playwright-core';
import { openPage, startHouse, until, untilOfflineReady, untilReady } from './house.js';
import type { House } from './house.js';

// Where the customer's device gives no more: a full disk, a browser that keeps nothing, a tab that dies.

/**
 * Fills what the browser lets the page keep, to the last bytes; a text, since it runs in the page. With bytes that can't
 * be made smaller: browsers compress what they keep.
 */
const FILL = `(async () => {
  const bytes = (size) => {
    const all = new Uint8Array(size);
    for (let from = 0; from < size; from += 65_536) {
      crypto.getRandomValues(all.subarray(from, from + 65_536));
    }
    return all;
  };
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('filler');
    opening.onupgradeneeded = () => opening.result.createObjectStore('x', { autoIncrement: true });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const put = (size) => new Promise((resolve) => {
    const transaction = database.transaction('x', 'readwrite');
    transaction.objectStore('x').put(bytes(size));
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () => resolve(false);
  });
  let count = 0;
  for (const size of [1_000_000, 100_000, 10_000, 1_000, 100, 1]) while (await put(size)) count++;
  database.close();
  return count;
})()`;

const EMPTY = `new Promise((resolve) => {
  indexedDB.deleteDatabase('filler').onsuccess = resolve;
})`;

describe('a device', { timeout: 240_000 }, () => {
  let house: House;
  before(async () => {
    house = await startHouse('PGlite');
  });
  after(() => house.stop());

  /** What the browser lets the page keep; null as much as there is. */
  const limit = async (page: Page, quotaSize: number | null) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(house.url).origin,
      ...(quotaSize === null ? {} : { quotaSize }),
    });
  };
  const statusOf = (page: Page) => page.locator('liyu-kit').evaluate((kit) => (kit as Kit).status);
  /** A widget whose records nothing else on the page has asked for. */
  const showMore = async (page: Page) => {
    await page.evaluate(() => document.body.append(document.createElement('liyu-asset-mix')));
    await untilReady(page, ['liyu-asset-mix']);
  };
  const answer = async (page: Page, text: string) => {
    const form = page.locator('liyu-satisfaction-form');
    await form.getByRole('radio', { name: '满意', exact: true }).check();
    await form.getByRole('textbox').fill(text);
    await form.getByRole('button', { name: '提交' }).click();
  };
  const surveyOf = async (customer: string) => {
    const [survey] = (await house.pull(customer, 'surveys')) as unknown as Survey[];
    return survey!;
  };

  it('that is full says so and keeps the words in the form, and takes them when there is room', async () => {
    const customer = 'c-2b70';
    const context = await house.contextOf(customer);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await limit(page, 8_000_000);
    await page.goto(house.url);
    await untilReady(page);
    await page.evaluate(FILL);
    const form = page.locator('liyu-satisfaction-form');
    await form.getByRole('radio', { name: '满意', exact: true }).check();
    await form.getByRole('textbox').fill('手机满了');
    await form.getByRole('button', { name: '提交' }).click();
    await form.getByText('没有保存成功').waitFor();
    assert.equal(await form.getByRole('textbox').inputValue(), '手机满了');
    assert.equal((await surveyOf(customer)).state, 'invited');

    await limit(page, null);
    await page.evaluate(EMPTY);
    await form.getByRole('button', { name: '提交' }).click();
    const survey = await until('the answer on the server', async () => {
      const found = await surveyOf(customer);
      return found.state === 'submitted' && found;
    });
    assert.deepEqual(survey.answers, { q1: 4, q6: '手机满了' });
    await form.getByText(survey.receipt!).waitFor();
    assert.deepEqual(errors, []);
    await context.close();
  });

  it('that was full from the start shows what comes, and says that it keeps nothing', async () => {
    const customer = 'c-51c9';
    const context = await house.contextOf(customer);
    const page = await context.newPage();
    await limit(page, 1);
    await page.goto(house.url);
    await untilReady(page);
    const status = await page.locator('liyu-kit').evaluate((kit) => (kit as Kit).status);
    assert.equal(status?.memory, true);
    const form = page.locator('liyu-satisfaction-form');
    await context.setOffline(true);
    await form.getByRole('radio', { name: '一般', exact: true }).check();
    await form.getByRole('button', { name: '提交' }).click();
    await form.getByText('提交前请不要关闭页面').waitFor();
    await context.setOffline(false);
    await until('the answer on the server', async () => {
      return (await surveyOf(customer)).state === 'submitted';
    });
    await context.close();
  });

  it('that is full when a page shows more than before shows that too and says so, and a tab with room keeps it', async () => {
    const context = await house.contextOf('c-8f3a');
    const page = await context.newPage();
    await limit(page, 8_000_000);
    await page.goto(`${house.url}/bare`);
    await untilReady(page);
    await page.evaluate(FILL);
    assert.equal((await statusOf(page))?.memory, false);
    await showMore(page);
    assert.equal((await statusOf(page))?.memory, true);
    await limit(page, null);
    const other = await context.newPage();
    await other.goto(`${house.url}/bare`);
    await untilReady(other);
    await showMore(other);
    await until('it is kept', async () => (await statusOf(other))?.memory === false);
    await context.close();
  });

  it('that is full keeps what is there, and stores what has changed when there is room', async () => {
    const customer = 'c-1d88';
    const context = await house.contextOf(customer);
    const { page, troubles } = await openPage(context, house.url);
    await limit(page, 8_000_000);
    await untilReady(page);
    await page.evaluate(FILL);
    const elsewhere = await house.contextOf(customer);
    const { page: phone } = await openPage(elsewhere, house.url);
    await untilReady(phone);
    await answer(phone, '在手机上写的');
    const { receipt } = await until('the answer on the server', async () => {
      const found = await surveyOf(customer);
      return found.state === 'submitted' && found;
    });
    await until('it says so', async () => (await statusOf(page))?.memory);
    const open = page
      .locator('liyu-satisfaction-form')
      .getByRole('radio', { name: '满意', exact: true });
    await open.or(page.getByText(receipt!)).first().waitFor();

    await limit(page, null);
    await page.evaluate(EMPTY);
    await page.getByText(receipt!).waitFor();
    await until('all is kept', async () => (await statusOf(page))?.memory === false);
    await untilOfflineReady(page);
    await context.setOffline(true);
    const again = await context.newPage();
    await again.goto(house.url);
    await again.getByText(receipt!).waitFor();
    assert.deepEqual(
      troubles.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED')),
      [],
    );
    await elsewhere.close();
    await context.close();
  });

  for (const ms of [0, 25, 100]) {
    it(`whose tab dies ${ms} ms after the customer submitted has the answer or the form`, async () => {
      const customer = 'c-8f3a';
      const context = await house.contextOf(customer);
      const { page } = await openPage(context, house.url);
      await untilReady(page);
      await untilOfflineReady(page);
      await context.setOffline(true);
      const form = page.locator('liyu-satisfaction-form');
      await form.getByRole('radio', { name: '满意', exact: true }).check();
      const session = await context.newCDPSession(page);
      await form.getByRole('button', { name: '提交' }).evaluate((button: HTMLElement) => {
        button.click();
      });
      await page.waitForTimeout(ms);
      const crashed = page.waitForEvent('crash');
      void session.send('Page.crash').catch(() => undefined);
      await crashed;

      const again = await openPage(context, house.url);
      await untilReady(again.page, ['liyu-customer-card']);
      const after = again.page.locator('liyu-satisfaction-form');
      const kept = after.getByText('已保存在本机');
      // With what was chosen, if the draft got as far, or as it was before.
      const open = after.getByRole('radio', { name: '满意', exact: true }).first();
      await kept.or(open).first().waitFor();
      const statusOf = () => again.page.locator('liyu-kit').evaluate((kit) => (kit as Kit).status);
      await until('the count of what waits', async () => {
        const isKept = await kept.isVisible();
        return (await statusOf())?.pending === (isKept ? 1 : 0);
      });
      assert.notEqual((await statusOf())?.memory, true);
      await context.close();
    });
  }
});
