import { html } from 'hono/html';
import { addressOf } from './address.js';
import type { View } from './address.js';
import { customerOptions } from './customer-options.js';
import { logo, page } from './page.js';
import type { DemoCustomer } from './portal.js';
import { TEXTS } from './texts.js';

/** The page after a sign-out: nothing of the customer is left on it, or on the device. */
export function signedOutPage(customers: readonly DemoCustomer[], view: View) {
  const t = TEXTS[view.language];
  return page(
    view,
    [],
    html`<header class="top plain">${logo(view, false)}</header>
      <main class="signed-out">
        <section class="host">
          <h1>${t.signedOut}</h1>
          <p>${t.signedOutWhat}</p>
          <form class="sign-in" method="post" action="/session">
            <input type="hidden" name="back" value="${addressOf('/', view)}" />
            <label for="customer">${t.switchLabel}</label>
            <select id="customer" name="customer">
              ${customerOptions(customers, view.language)}
            </select>
            <button>${t.signIn}</button>
          </form>
        </section>
      </main>`,
  );
}
