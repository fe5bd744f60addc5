import { html } from 'hono/html';
import type { DemoCustomer } from './portal.js';
import { TEXTS } from './texts.js';

/** The page after a sign-out: nothing of the customer is left on it, or on the device. */
export function signedOutPage(customers: readonly DemoCustomer[]) {
  const t = TEXTS['zh-CN'];
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${t.title}</title>
        <link rel="icon" href="/favicon.svg" />
        <link rel="stylesheet" href="/portal.css" />
      </head>
      <body>
        <main class="wrap">
          <section class="host signed-out">
            <h1>${t.bank}</h1>
            <p>${t.signedOut}</p>
            <form class="switch" method="post" action="/session">
              <input type="hidden" name="back" value="/" />
              <label for="customer">${t.switchLabel}</label>
              <select id="customer" name="customer">
                ${customers.map(
                  (customer) =>
                    html`<option value="${customer.id}">
                      ${customer.name} · ${customer.label['zh-CN']}
                    </option>`,
                )}
              </select>
              <button>${t.signIn}</button>
            </form>
          </section>
        </main>
      </body>
    </html>`;
}
