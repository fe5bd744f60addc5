import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Entitlement, Redemption } from '@liyu/model';
import type { Locator, Page } from 'playwright-core';
import { openPage, startHouse, until, untilOfflineReady, untilReady } from './house.js';
import type { House } from './house.js';

/** How long the second step stands before it takes a press. */
const SETTLE_MS = 700;

// On one database: what the server grants, its own tests see on both.
describe('the use of a benefit', { timeout: 120_000 }, () => {
  const began = Date.now();
  let house: House;
  before(async () => {
    house = await startHouse('PostgreSQL');
  });
  after(() => house.stop());

  const usesOf = async (customer: string, benefit: string) => {
    const [entitlement] = (await house.pull(customer, 'entitlements')) as unknown as Entitlement[];
    return entitlement!.benefits.find((one) => one.benefit === benefit)!;
  };
  const requestsOf = async (customer: string, benefit: string) =>
    ((await house.pull(customer, 'redemptions')) as unknown as Redemption[]).filter(
      (one) => one.benefit === benefit,
    );
  const device = async (customer: string) => {
    const context = await house.contextOf(customer);
    const { page, troubles } = await openPage(context, house.url);
    await untilReady(page, ['liyu-benefit-panel']);
    return { context, page, troubles };
  };

  it('is granted with the code that the counter sees, and counted once', async () => {
    const customer = 'c-8f3a';
    const before = await usesOf(customer, 'B-V3');
    const { context, page, troubles } = await device(customer);
    const row = rowOf(page, '贵宾室使用');
    await use(row);
    await row.getByText('已确认').waitFor();
    await row.getByRole('button', { name: /出示号码/ }).click();
    const code = await row.locator('.code .figure').textContent();
    const granted = (await requestsOf(customer, 'B-V3')).filter((one) => one.code === code);
    assert.equal(granted.length, 1);
    assert.equal(granted[0]!.state, 'confirmed');
    const { used } = await usesOf(customer, 'B-V3');
    assert.equal(used, before.used + 1);
    await row.getByText(`可用${before.quota! - used}次`).waitFor();
    assert.deepEqual(troubles, []);
    await context.close();
  });

  it('is granted to one of two devices that asked for the last one offline; the other says why not', async () => {
    const customer = 'c-8f3a';
    const last = await usesOf(customer, 'B-V5');
    assert.equal(last.quota! - last.used, 1);
    const devices = [await device(customer), await device(customer)];
    for (const { context, page } of devices) {
      await untilOfflineReady(page);
      await context.setOffline(true);
      const row = rowOf(page, 'VIP礼遇');
      await use(row);
      await row.getByText('可用次数暂按0次显示').waitFor();
    }
    for (const { context } of devices) await context.setOffline(false);
    const settled = await until('both answers', async () => {
      const all = await requestsOf(customer, 'B-V5');
      const decided = all.filter(({ decidedAt }) => Date.parse(decidedAt ?? '') > began);
      return decided.length === 2 && decided;
    });
    assert.deepEqual(settled.map(({ state }) => state).sort(), ['confirmed', 'rejected']);
    assert.equal((await usesOf(customer, 'B-V5')).used, last.quota);
    const words = await Promise.all(
      devices.map(({ page }) => {
        const row = rowOf(page, 'VIP礼遇');
        return Promise.race([
          row
            .getByText('已确认')
            .first()
            .waitFor()
            .then(() => 'confirmed'),
          row
            .getByText('次数已用完')
            .first()
            .waitFor()
            .then(() => 'rejected'),
        ]);
      }),
    );
    assert.equal(words.length, 2);
    for (const { context } of devices) await context.close();
  });
});

/** The row of a benefit, wherever it is shown. */
function rowOf(page: Page, name: string): Locator {
  return page
    .locator('liyu-benefit-panel .benefit')
    .filter({ hasText: name, visible: true })
    .first();
}

async function use(row: Locator): Promise<void> {
  await row.getByRole('button', { name: /^使用/ }).click();
  await row.page().waitForTimeout(SETTLE_MS);
  await row.getByRole('button', { name: '确认使用' }).click();
}
