import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import { maskName, maskPhone } from '@liyu/model';
import type { Entitlement } from '@liyu/model';
import { sampleBank } from '@liyu/sample';
import type { Browser } from 'playwright-core';
import { launch, openPage } from './house.js';

const CDN = new URL('../../packages/kit/dist/cdn/', import.meta.url);
const policy = loadPolicy();
const bank = sampleBank({ policy, today: '2026-11-22', size: 13 });
const { customer, documents } = [...bank.people()].find(
  (person) => person.customer.customer === 'c-8f3a',
)!;
const of = (coll: string) => documents.filter((item) => item.coll === coll).map((item) => item.doc);
/** As a portal with its own data may write it. */
const record = {
  id: customer.customer,
  rev: 0,
  asOf: customer.as_of,
  name: maskName(customer.name ?? ''),
  phone: maskPhone(customer.phone ?? ''),
  locale: 'zh-CN',
  since: customer.since,
  branch: null,
  clientManager: null,
  careManager: null,
  tier: null,
  preferences: {
    channel: null,
    channelLabel: null,
    contactTime: null,
    care: true,
    surveys: true,
    personalised: true,
  },
};

const servers: Server[] = [];

/** A portal page of jQuery's time around `body`, served with the kit's files. */
function servePages(pages: Record<string, string>): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    void (async () => {
      if (path.startsWith('/liyu/')) {
        response.setHeader(
          'content-type',
          path.endsWith('.json') ? 'application/json' : 'text/javascript',
        );
        response.end(await readFile(new URL(`.${path.slice('/liyu'.length)}`, CDN)));
        return;
      }
      if (path === '/favicon.ico') {
        response.end();
        return;
      }
      const body = pages[path];
      response.statusCode = body === undefined ? 404 : 200;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader(
        'content-security-policy',
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html",
      );
      response.end(
        `<!doctype html><meta charset="utf-8"><script type="module" src="/liyu/liyu.js"></script>${body ?? ''}`,
      );
    })();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      servers.push(server);
      resolve({ asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    });
  });
}

/** A page of another site, with the panel of `url` in a frame, and something to lay over it. */
function frame(url: string): Promise<{ url: string }> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><style>iframe { width: 900px; height: 800px; border: 0 }
        div { position: absolute; inset: 0; background: #fff; pointer-events: none }</style>
        <iframe src="${url}"></iframe><div hidden>Free cinema tickets</div>`,
    );
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      servers.push(server);
      // To a browser another name of the machine is another site.
      resolve({ url: `http://localhost:${(server.address() as AddressInfo).port}/` });
    });
  });
}

const json = (data: unknown) =>
  `<script type="application/json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;

describe('a page that gives its own data', { timeout: 60_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    for (const server of servers) server.close();
  });

  it('loads no store, opens no database and asks no server, by JSON children', async () => {
    const { url, asked } = await servePages({
      '/': [
        `<liyu-customer-card>${json({ customer: record, assessment: of('assessments')[0] })}</liyu-customer-card>`,
        `<liyu-tier-badge>${json({ assessment: of('assessments')[0] })}</liyu-tier-badge>`,
        `<liyu-care-timeline>${json({ careEvents: of('careEvents') })}</liyu-care-timeline>`,
      ].join(''),
    });
    const context = await browser.newContext();
    const { page, troubles } = await openPage(context, `${url}/`);
    await page.locator('liyu-customer-card').getByText('陈*怡').waitFor();
    await page.locator('liyu-tier-badge').getByText('VIP客户1级').first().waitFor();
    await page.locator('liyu-care-timeline').getByText('国庆节问候').waitFor();
    assert.ok(
      asked.every((path) => !path.includes('store')),
      asked.join(),
    );
    assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).length), 0);
    assert.deepEqual(troubles, []);
    await context.close();
  });

  it('takes data by properties set before the tag is defined', async () => {
    const { url } = await servePages({ '/': '<liyu-tier-badge></liyu-tier-badge>' });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(`document.addEventListener('DOMContentLoaded', () => {
      document.querySelector('liyu-tier-badge').assessment = ${JSON.stringify(of('assessments')[0])};
    })`);
    await page.goto(`${url}/`);
    await page.locator('liyu-tier-badge').getByText('VIP客户1级').first().waitFor();
    await context.close();
  });

  it('fetches what is for staff on their pages alone, and can fetch it again after a failure', async () => {
    const data = json({ customer: record, cases: [], careEvents: [] });
    const { url, asked } = await servePages({
      '/': `<liyu-customer-card>${data}</liyu-customer-card>`,
      '/desk': `<liyu-customer-card customer="c-8f3a">${data}</liyu-customer-card>`,
    });
    const ofStaff = () => asked.filter((path) => path.includes('/staff-'));
    const context = await browser.newContext();
    const ofCustomer = await openPage(context, `${url}/`);
    await ofCustomer.page.locator('liyu-customer-card').getByText('陈*怡').waitFor();
    assert.deepEqual([ofCustomer.troubles, ofStaff()], [[], []]);

    const page = await context.newPage();
    await page.route('**/staff-*', (route) => route.abort(), { times: 2 });
    await page.goto(`${url}/desk`);
    const card = page.locator('liyu-customer-card');
    const retry = card.getByRole('button', { name: '重试' });
    await retry.click();
    await card.locator('[data-state=loading]').waitFor({ state: 'detached' });
    assert.deepEqual(ofStaff(), []);
    asked.length = 0;
    await retry.click();
    await card.getByText('客户号 c-8f3a').waitFor();
    // Under an address of its own: not every browser asks twice for one that failed.
    assert.match(ofStaff().join(), /^\/liyu\/staff-side-[^,]+\.js\?again=2$/);
    assert.deepEqual(
      asked.filter((path) => !path.includes('/staff-')),
      [],
      'what was loaded before is not loaded again',
    );
    await context.close();
  });

  it('takes neither a use nor an interest that a page of another site covers', async () => {
    const entitlements = of('entitlements').map((doc) => ({
      ...doc,
      benefits: (doc as unknown as Entitlement).benefits.filter(
        ({ benefit }) => benefit === 'B-V3',
      ),
    }));
    const words = { 'zh-CN': '一年期定期存款加息' };
    const offer = {
      id: 'o-1',
      rev: 1,
      customer: record.id,
      product: words,
      title: words,
      reason: words,
      interest: words,
      on: '2026-11-01',
      expiresOn: null,
      feedback: null,
      feedbackAt: null,
    };
    const data = json({
      entitlements,
      policy: { files: policy.files },
      redemptions: [],
      offers: [offer],
    });
    const portal = await servePages({ '/': `<liyu-benefit-panel>${data}</liyu-benefit-panel>` });
    const { url } = await frame(`${portal.url}/`);
    const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
    const page = await context.newPage();
    await page.goto(url);
    const panel = page.frameLocator('iframe').locator('liyu-benefit-panel');
    const cover = page.locator('div');
    const lay = async (over: boolean) => {
      await cover.evaluate((div, hidden) => div.toggleAttribute('hidden', hidden), !over);
      await page.waitForTimeout(1_200);
    };
    const taken = () =>
      panel.evaluate((one) => {
        const { requested, answered } = one as unknown as Record<string, object | null>;
        return [requested !== null, answered !== null];
      });
    const interested = panel.getByRole('button', { name: /^感兴趣/ });
    const confirm = panel.getByRole('button', { name: '确认使用' });

    await panel.getByRole('button', { name: /^使用/ }).click();
    await lay(true);
    await confirm.click({ force: true });
    await interested.click({ force: true });
    assert.deepEqual(await taken(), [false, false]);
    await lay(false);
    await confirm.click();
    await interested.click();
    assert.deepEqual(await taken(), [true, true]);
    await context.close();
  });

  it('can pin the files by their hashes', async () => {
    const hashes = JSON.parse(await readFile(new URL('integrity.json', CDN), 'utf8')) as Record<
      string,
      string
    >;
    assert.ok('liyu.js' in hashes);
    for (const [file, hash] of Object.entries(hashes)) {
      const content = await readFile(new URL(file, CDN));
      assert.equal(`sha384-${createHash('sha384').update(content).digest('base64')}`, hash, file);
    }
  });
});
