import { startPortal } from '@liyu/demo';
import type { Doc } from '@liyu/model';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../chromium/find-chromium.mjs';
import { startPostgres } from '../postgres/start-postgres.js';
import { startLiyu } from '../start-liyu.mjs';

export const ENGINES = ['PGlite', 'PostgreSQL'] as const;
export type Engine = (typeof ENGINES)[number];

/** A real server on a database, the portal beside it, and a browser. */
export interface House {
  url: string;
  serverUrl: string;
  /** Where other processes find the database too; null on PGlite, which only one may open. */
  databaseUrl: string | null;
  browser: Browser;
  /** A fresh browser profile in which a customer is signed in. */
  contextOf: (customer: string) => Promise<BrowserContext>;
  /** What the server logged. */
  log: () => string;
  /** A record as the server holds it, by the customer's own token. */
  pull: (customer: string, coll: string) => Promise<Doc[]>;
  stop: () => Promise<void>;
}

export async function startHouse(engine: Engine): Promise<House> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const postgres = engine === 'PostgreSQL' ? await startPostgres() : null;
    if (postgres !== null) ends.push(() => postgres.stop());
    const env: Record<string, string> = postgres === null ? {} : { DATABASE_URL: postgres.url };
    const liyu = await startLiyu(env);
    ends.push(() => liyu.stop());
    const portal = await startPortal({ serverUrl: liyu.url, port: 0 });
    ends.push(() => portal.close());
    const browser = await launch();
    ends.push(() => browser.close());
    return {
      url: portal.url,
      serverUrl: liyu.url,
      databaseUrl: postgres?.url ?? null,
      browser,
      async contextOf(customer) {
        const context = await browser.newContext();
        await context.addCookies([{ name: 'portal_customer', value: customer, url: portal.url }]);
        return context;
      },
      log: () => String(liyu.log()),
      pull: (customer, coll) => pull(liyu.url, customer, coll),
      stop,
    };
  } catch (error) {
    // What runs already would keep the process of the test for ever.
    await stop();
    throw error;
  }
}

export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS });
}

/** A page of a fresh browser profile; what goes wrong in it is collected in `troubles`. */
export async function openPage(
  context: BrowserContext,
  address: string,
): Promise<{ page: Page; troubles: string[] }> {
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  await page.goto(address);
  return { page, troubles };
}

/** Waits until every widget of the page shows data. */
export async function untilReady(page: Page, tags: readonly string[] = TAGS): Promise<void> {
  for (const tag of tags) {
    await page.locator(`${tag} [data-state=ready]`).first().waitFor({ timeout: 15_000 });
  }
}

export const TAGS = [
  'liyu-customer-card',
  'liyu-tier-badge',
  'liyu-benefit-panel',
  'liyu-care-timeline',
  'liyu-satisfaction-form',
] as const;

/** Waits until the portal's service worker has all it needs for a reload without a network. */
export async function untilOfflineReady(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null) {
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      );
    }
  });
}

async function pull(serverUrl: string, customer: string, coll: string): Promise<Doc[]> {
  const token = await tokenOf(serverUrl, customer);
  const answer = await fetch(`${serverUrl}/sync/v1/pull`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ coll, scope: `c:${customer}`, sv: 0, cp: null, limit: 500 }),
  });
  return ((await answer.json()) as { documents: Doc[] }).documents;
}

async function tokenOf(serverUrl: string, customer: string): Promise<string> {
  const answer = await fetch(`${serverUrl}/demo/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customer }),
  });
  return ((await answer.json()) as { token: string }).token;
}

/** Reads until `read` gives something; fails after ten seconds. */
export async function until<T>(what: string, read: () => Promise<T | null | false>): Promise<T> {
  for (let i = 0; i < 100; i++) {
    const found = await read();
    if (found !== null && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`never: ${what}`);
}
