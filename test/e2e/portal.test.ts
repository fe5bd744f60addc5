import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Assessment, Customer, Survey } from '@liyu/model';
import {
  ENGINES,
  TAGS,
  openPage,
  startHouse,
  until,
  untilOfflineReady,
  untilReady,
} from './house.js';
import type { House } from './house.js';
import type { Page } from 'playwright-core';

const VIP = 'c-8f3a';

for (const engine of ENGINES) {
  describe(`the portal page over ${engine}`, { timeout: 240_000 }, () => {
    let house: House;
    before(async () => {
      house = await startHouse(engine);
    });
    after(() => house.stop());

    it("shows the customer's own records in five widgets, under the portal's strict CSP", async () => {
      const context = await house.browser.newContext({ viewport: { width: 1280, height: 900 } });
      const { page, troubles } = await openPage(context, house.url);
      await untilReady(page);
      const [customer] = (await house.pull(VIP, 'customers')) as unknown as Customer[];
      const [assessment] = (await house.pull(VIP, 'assessments')) as unknown as Assessment[];
      const text = (tag: string) => textOf(page, tag);

      const card = await text('liyu-customer-card');
      for (const words of [
        customer!.name!,
        customer!.clientManager!.name,
        customer!.careManager!.name,
        customer!.branch!.name['zh-CN'],
        assessment!.label['zh-CN'],
      ]) {
        assert.ok(card.includes(words), `card: ${words}`);
      }
      assert.ok((await text('liyu-tier-badge')).includes('VIP客户1级'));
      assert.match(await text('liyu-benefit-panel'), /贵宾室使用[\s\S]*可用4次/);
      assert.match(await text('liyu-care-timeline'), /接下来[\s\S]*定期存款到期/);
      assert.match(await text('liyu-satisfaction-form'), /您对本次办理业务是否满意/);
      assert.deepEqual(troubles, []);
      await context.close();
    });

    it('keeps amounts out of the page until they are asked for', async () => {
      const context = await house.browser.newContext();
      const { page } = await openPage(context, house.url);
      await untilReady(page, ['liyu-customer-card']);
      assert.ok(!(await textOf(page, 'liyu-customer-card')).includes('682,016.35'));
      await page.locator('liyu-customer-card').getByRole('button', { name: /显示/ }).click();
      assert.ok((await textOf(page, 'liyu-customer-card')).includes('¥682,016.35'));
      await context.close();
    });

    it('still shows everything after a reload without a network, and says so', async () => {
      const context = await house.browser.newContext();
      const { page } = await openPage(context, house.url);
      await untilReady(page);
      await untilOfflineReady(page);
      await context.setOffline(true);
      await page.reload();
      await untilReady(page);
      assert.match(await textOf(page, 'liyu-customer-card'), /陈\*怡[\s\S]*王慧敏/);
      await page.locator('liyu-customer-card').getByText('离线数据，联网后更新').waitFor();
      await context.setOffline(false);
      await page
        .locator('liyu-customer-card')
        .getByText('离线数据，联网后更新')
        .waitFor({ state: 'detached' });
      await context.close();
    });

    it('delivers an answer given offline once, when the page is opened again', async () => {
      const customer = 'c-2b70';
      const context = await house.contextOf(customer);
      const { page } = await openPage(context, house.url);
      await untilReady(page);
      await untilOfflineReady(page);
      await context.setOffline(true);

      const form = page.locator('liyu-satisfaction-form');
      await form.getByRole('radio', { name: '满意', exact: true }).check();
      await form.getByRole('textbox').fill('等候时间比取号单上写的长。');
      await form.getByRole('button', { name: '提交' }).click();
      await form.getByText('已保存在本机，联网后提交').waitFor();
      await page.close();
      const [before] = (await house.pull(customer, 'surveys')) as unknown as Survey[];
      assert.equal(before!.state, 'invited');

      await context.setOffline(false);
      const again = await openPage(context, house.url);
      const delivered = await until('the answer on the server', async () => {
        const [survey] = (await house.pull(customer, 'surveys')) as unknown as Survey[];
        return survey!.state === 'submitted' && survey!;
      });
      assert.deepEqual(delivered.answers, { q1: 4, q6: '等候时间比取号单上写的长。' });
      assert.equal(delivered.rev, before!.rev + 1);
      await again.page.locator('liyu-satisfaction-form').getByText(delivered.receipt!).waitFor();

      await again.page.reload();
      await untilReady(again.page, ['liyu-customer-card']);
      await again.page.waitForTimeout(1500);
      const [after] = (await house.pull(customer, 'surveys')) as unknown as Survey[];
      assert.equal(after!.rev, delivered.rev);
      await context.close();
    });

    it('keeps what is half written when the page is closed', async () => {
      const context = await house.contextOf('c-51c9');
      const { page } = await openPage(context, house.url);
      await untilReady(page, ['liyu-satisfaction-form']);
      await page
        .locator('liyu-satisfaction-form')
        .getByRole('radio', { name: '一般', exact: true })
        .check();
      await page.locator('liyu-satisfaction-form').getByRole('textbox').fill('还没写完');
      await page.waitForTimeout(800);
      await page.close();
      const again = await openPage(context, house.url);
      const box = again.page.locator('liyu-satisfaction-form').getByRole('textbox');
      await box.waitFor();
      assert.equal(await box.inputValue(), '还没写完');
      await context.close();
    });

    it('shows in a second tab what the first one wrote, and the server has it once', async () => {
      const customer = 'c-1d88';
      const context = await house.contextOf(customer);
      const [one, two] = [await openPage(context, house.url), await openPage(context, house.url)];
      await Promise.all([untilReady(one.page), untilReady(two.page)]);
      const form = one.page.locator('liyu-satisfaction-form');
      await form.getByRole('radio', { name: '非常满意', exact: true }).check();
      await form.getByRole('button', { name: '提交' }).click();
      await form.getByText('感谢您的反馈').waitFor();
      await two.page.locator('liyu-satisfaction-form').getByText('感谢您的反馈').waitFor();
      await two.page.waitForTimeout(1000);
      const [survey] = (await house.pull(customer, 'surveys')) as unknown as Survey[];
      assert.deepEqual([survey!.rev, survey!.state], [2, 'submitted']);
      const events = await house.pull(customer, 'careEvents');
      assert.equal(events.find((event) => event.survey === survey!.id)?.state, 'done');
      assert.deepEqual([...one.troubles, ...two.troubles], []);
      await context.close();
    });

    it('shows another customer nothing of the one before, on the page or on the device', async () => {
      const context = await house.browser.newContext();
      const { page } = await openPage(context, house.url);
      await untilReady(page);
      await page.getByLabel('演示客户').selectOption('c-3c21');
      await page.getByRole('button', { name: '切换' }).click();
      await page.locator('liyu-customer-card').getByText('唐*').waitFor();
      await untilReady(page);
      assert.ok(!(await page.locator('main').innerText()).includes('陈*怡'));
      const left = await readAllStored(page);
      assert.ok(left.includes('c-3c21'), 'the probe reads what is stored');
      assert.ok(!left.includes(VIP), 'nothing of the other customer');
      await context.close();
    });

    it('leaves nothing on the device after a sign-out', async () => {
      const context = await house.browser.newContext();
      const { page } = await openPage(context, house.url);
      await untilReady(page);
      await page.getByRole('link', { name: '安全退出' }).click();
      await page.getByText('您已安全退出').waitFor();
      const left = await page.evaluate(async () => [
        ...(await indexedDB.databases()).map((info) => info.name),
        ...Object.keys(localStorage),
        ...(await caches.keys()),
      ]);
      assert.deepEqual(left, []);
      await context.close();
    });

    it('speaks English, and large type, when the page asks for it', async () => {
      const context = await house.browser.newContext();
      const { page } = await openPage(context, `${house.url}/?lang=en&elder=1`);
      await untilReady(page);
      for (const tag of TAGS) {
        const text = await textOf(page, tag);
        assert.match(text, /[A-Za-z]{3}/, tag);
        assert.doesNotMatch(
          text.replaceAll(/[王慧敏刘洋何嘉陈怡]/g, ''),
          /[\u4e00-\u9fff]/,
          `${tag}: ${text}`,
        );
      }
      await context.close();
    });

    it('works in the smallest page', async () => {
      const context = await house.browser.newContext();
      const { page, troubles } = await openPage(context, `${house.url}/bare`);
      await untilReady(page);
      assert.deepEqual(troubles, []);
      await context.close();
    });

    it('passes nothing but the sync routes on to the server', async () => {
      const { hostname, port } = new URL(house.url);
      const ask = (path: string) =>
        new Promise<string>((resolve, reject) => {
          const headers = { 'content-type': 'application/json' };
          const sent = request({ hostname, port, path, method: 'POST', headers }, (answer) => {
            let text = '';
            answer.on('data', (data) => (text += String(data)));
            answer.on('end', () => resolve(text));
          });
          sent.on('error', reject);
          sent.end(JSON.stringify({ customer: 'c-2b70' }));
        });
      for (const path of [
        '/liyu/sync/../demo/token',
        '/liyu/sync/v1/../../demo/token',
        '/liyu/sync/v1/%2e%2e/%2e%2e/demo/token',
        '/liyu/sync/..\\demo\\token',
        '//liyu/sync/v1/../../demo/token',
        '/liyu/demo/token',
      ]) {
        assert.ok(!(await ask(path)).includes('"token"'), path);
      }
    });

    it('logs no personal data', () => {
      const log = house.log();
      for (const secret of ['c-8f3a', 'c-2b70', '陈', '等候时间', '138****', 'eyJ']) {
        assert.ok(!log.includes(secret), secret);
      }
    });
  });
}

/** What a widget shows, as a reader sees it. */
function textOf(page: Page, tag: string): Promise<string> {
  return page.locator(`${tag} [part=root]`).first().innerText();
}

/** Everything that IndexedDB and localStorage hold, as text. */
async function readAllStored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const out: unknown[] = [JSON.stringify(localStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name!);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll();
        out.push(
          await new Promise((resolve) => {
            request.onsuccess = () => resolve(request.result);
          }),
        );
      }
      database.close();
    }
    return JSON.stringify(out);
  });
}
