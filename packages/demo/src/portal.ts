import { createHash } from 'node:crypto';
import { createServer, request as requestOver } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import type { View } from './address.js';
import { barePage } from './bare-page.js';
import { deskPage, deskSignInPage } from './desk-page.js';
import type { DemoManager } from './desk-page.js';
import { homePage } from './home-page.js';
import { signedOutPage } from './signed-out-page.js';

export interface DemoCustomer {
  id: string;
  name: string;
  rung: string;
  label: { 'zh-CN': string; en: string };
}

export interface PortalOptions {
  /** Address of `liyu serve --demo`. */
  serverUrl: string;
  port: number;
  host?: string;
}

const COOKIE = 'portal_customer';
const STAFF_COOKIE = 'portal_staff';
const COOKIE_SCOPE = { httpOnly: true, sameSite: 'Lax', path: '/' } as const;
/** Signed in at the first visit. */
const FIRST = 'c-8f3a';
const SITE = fileURLToPath(new URL('../site', import.meta.url));
const KIT = fileURLToPath(new URL('../../kit/dist/cdn', import.meta.url));

/**
 * The portal of an invented bank: its own pages and sessions, of customers and of staff, the kit's
 * static files under /liyu/, and a proxy that passes /liyu/sync/…, and for staff /liyu/staff/…, to the
 * Liyu server with the prefix stripped.
 */
export async function startPortal({ serverUrl, port, host = '127.0.0.1' }: PortalOptions) {
  const customers = await list<DemoCustomer>(serverUrl, 'customers');
  const managers = await list<DemoManager>(serverUrl, 'managers');
  const app = new Hono();

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['lit-html', 'portal'],
      },
      // Plain HTTP on this machine: no promise about HTTPS.
      strictTransportSecurity: false,
    }),
  );

  app.get('/', (context) => {
    const signedIn = customerOf(context) ?? signIn(context, FIRST);
    context.header('cache-control', 'no-cache');
    return context.html(
      homePage({ ...viewOf(context), customers, signedIn, subject: subjectOf(signedIn) }),
    );
  });

  app.get('/bare', (context) => {
    const signedIn = customerOf(context) ?? signIn(context, FIRST);
    return context.html(barePage(subjectOf(signedIn)));
  });

  app.post('/session', async (context) => {
    const form = await context.req.parseBody();
    const customer = customers.find((item) => item.id === form.customer);
    if (customer === undefined) return context.text('no such customer', 400);
    signIn(context, customer.id);
    const back = typeof form.back === 'string' && /^\/(\?|$)/.test(form.back) ? form.back : '/';
    return context.redirect(back, 303);
  });

  app.get('/sign-out', (context) => {
    deleteCookie(context, COOKIE);
    context.header('cache-control', 'no-store');
    context.header('clear-site-data', '"storage"');
    return context.html(signedOutPage(customers, viewOf(context)));
  });

  app.post('/session/liyu-token', (context) => {
    const customer = customerOf(context);
    return giveToken(context, customer === undefined ? null : { customer });
  });

  app.get('/desk', (context) => {
    const manager = managerOf(getCookie(context, STAFF_COOKIE));
    const view = viewOf(context);
    context.header('cache-control', 'no-store');
    if (manager === undefined) return context.html(deskSignInPage(managers, view));
    return context.html(
      deskPage({ ...view, signedIn: manager, subject: subjectOf(`staff:${manager.manager}`) }),
    );
  });

  app.post('/desk/session', async (context) => {
    const form = await context.req.parseBody();
    const manager = typeof form.manager === 'string' ? managerOf(form.manager) : undefined;
    if (manager === undefined) return context.text('no such member of staff', 400);
    setCookie(context, STAFF_COOKIE, manager.manager, COOKIE_SCOPE);
    const back = typeof form.back === 'string' && /^\/desk(\?|$)/.test(form.back);
    return context.redirect(back ? (form.back as string) : '/desk', 303);
  });

  app.get('/desk/sign-out', (context) => {
    deleteCookie(context, STAFF_COOKIE);
    context.header('cache-control', 'no-store');
    context.header('clear-site-data', '"storage"');
    return context.html(deskSignInPage(managers, viewOf(context)));
  });

  app.post('/session/desk-token', (context) => {
    const manager = managerOf(getCookie(context, STAFF_COOKIE))?.manager;
    return giveToken(context, manager === undefined ? null : { manager });
  });

  app.use(
    '/liyu/*',
    serveStatic({ root: KIT, rewriteRequestPath: (path) => path.slice('/liyu'.length) }),
  );
  app.get('/favicon.ico', serveStatic({ path: `${SITE}/favicon.svg` }));
  app.use('/*', serveStatic({ root: SITE }));

  function customerOf(context: Context): string | undefined {
    const id = getCookie(context, COOKIE);
    return customers.find((customer) => customer.id === id)?.id;
  }

  /** A token for whoever is signed in, fetched from the Liyu server behind the portal. */
  async function giveToken(context: Context, who: object | null): Promise<Response> {
    if (context.req.header('x-requested-with') !== 'liyu') return context.body(null, 400);
    if (who === null) return context.body(null, 401);
    const answer = await fetch(`${serverUrl}/demo/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(who),
    });
    context.header('cache-control', 'no-store');
    return context.body(await answer.text(), answer.ok ? 200 : 502, {
      'content-type': 'application/json',
    });
  }

  function managerOf(id: string | undefined): DemoManager | undefined {
    return managers.find(({ manager }) => manager === id);
  }

  /** Whether a request comes from a browser in which a member of staff is signed in. */
  function isStaff({ headers }: IncomingMessage): boolean {
    const cookies = (headers.cookie ?? '').split(/; */).map((cookie) => cookie.split('='));
    return cookies.some(([name, value]) => name === STAFF_COOKIE && managerOf(value) !== undefined);
  }

  const pages = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    const path = serverPath(request.url ?? '/', isStaff(request));
    if (path === null) void pages(request, response);
    else forward(`${serverUrl}${path}`, request, response);
  });
  return new Promise<{ url: string; close: () => Promise<void> }>((resolve) => {
    server.listen(port, host, () => {
      resolve({
        url: `http://${host}:${(server.address() as AddressInfo).port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

/**
 * The path at the Liyu server of a request of the kit, or null for any other. It is resolved before it
 * is looked at, as it will be when it is sent: `/liyu/sync/../demo/token` must not get through.
 */
function serverPath(url: string, isStaff: boolean): string | null {
  if (!url.startsWith('/') || url.startsWith('//')) return null;
  const { pathname, search } = new URL(url, 'http://portal');
  const isOpen =
    pathname.startsWith('/liyu/sync/v1/') || (isStaff && pathname.startsWith('/liyu/staff/v1/'));
  return isOpen ? pathname.slice('/liyu'.length) + search : null;
}

/** Passes a request on to the Liyu server, without the portal's cookies. */
function forward(address: string, request: IncomingMessage, response: ServerResponse): void {
  const { cookie: _cookie, host: _host, ...headers } = request.headers;
  const onward = requestOver(address, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}

async function list<T>(serverUrl: string, name: 'customers' | 'managers'): Promise<T[]> {
  const answer = await fetch(`${serverUrl}/demo/${name}`);
  if (!answer.ok)
    throw new Error(`the Liyu server answered ${answer.status}: not started with --demo?`);
  return (await answer.json()) as T[];
}

function viewOf(context: Context): View {
  return {
    language: context.req.query('lang') === 'en' ? 'en' : 'zh-CN',
    elder: context.req.query('elder') === '1',
  };
}

function signIn(context: Context, customer: string): string {
  setCookie(context, COOKIE, customer, COOKIE_SCOPE);
  return customer;
}

/** Opaque and stable, so that a reload finds the person's local database again. */
function subjectOf(customer: string): string {
  return createHash('sha256').update(`jianghai-bank:${customer}`).digest('hex').slice(0, 24);
}
