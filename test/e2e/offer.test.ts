import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Offer } from '@liyu/model';
import { openPage, startHouse, until, untilOfflineReady, untilReady } from './house.js';
import type { House } from './house.js';

// On one database: by which rules an answer is taken is not the database's affair, and how a push is stored the
// server's own tests see on both.
describe('the answer to an offer', { timeout: 120_000 }, () => {
  let house: House;
  before(async () => {
    house = await startHouse('PostgreSQL');
  });
  after(() => house.stop());

  const offerOf = async (customer: string) => {
    const [offer] = (await house.pull(customer, 'offers')) as unknown as Offer[];
    return offer!;
  };

  it('is given without a network, outlives the page, and arrives once', async () => {
    const customer = 'c-51c9';
    const before = await offerOf(customer);
    const title = before.title['zh-CN'];
    const context = await house.contextOf(customer);
    const { page, troubles } = await openPage(context, house.url);
    await untilReady(page, ['liyu-benefit-panel']);
    const offer = page.locator('liyu-benefit-panel .offer');
    await offer.getByText(before.interest['zh-CN']).waitFor();
    await untilOfflineReady(page);
    assert.deepEqual(troubles, []);
    await context.setOffline(true);
    await offer.getByRole('button', { name: /^暂不需要/ }).click();
    await offer.getByText('待确认').waitFor();
    assert.equal((await offerOf(customer)).feedback, null);

    await page.close();
    const again = await context.newPage();
    await again.goto(house.url);
    const kept = again.locator('liyu-benefit-panel .offer');
    await kept.getByText(`${title}：暂不需要`).waitFor();
    await kept.getByText('待确认').waitFor();
    await context.setOffline(false);
    const taken = await until('an answer', async () => {
      const held = await offerOf(customer);
      return held.feedback !== null && held;
    });
    assert.equal(taken.feedback, 'NOT_NOW');
    assert.notEqual(taken.feedbackAt, null);
    assert.equal(taken.rev, before.rev + 1);
    await kept.getByText('已确认').waitFor();
    assert.equal(await kept.getByRole('button').count(), 0);
    await context.close();
  });
});
