import { html, raw } from 'hono/html';
import type { DemoCustomer } from './portal.js';
import type { Language } from './texts.js';

/** The customers of the demo as options of a select. */
export function customerOptions(
  customers: readonly DemoCustomer[],
  language: Language,
  signedIn?: string,
) {
  return customers.map(
    ({ id, name, label }) =>
      html`<option value="${id}" ${id === signedIn ? raw('selected') : ''}>
        ${name} · ${label[language]}
      </option>`,
  );
}
