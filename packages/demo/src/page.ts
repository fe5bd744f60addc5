import { html, raw } from 'hono/html';
import { addressOf } from './address.js';
import type { View } from './address.js';
import { TEXTS } from './texts.js';

type Html = ReturnType<typeof html>;

const WAVES = raw(
  '<svg viewBox="0 0 34 34" aria-hidden="true"><g fill="none" stroke="currentColor" stroke-width="2.6"><path d="M3 12c4.7-5 9.3-5 14 0s9.3 5 14 0"/><path d="M3 18.5c4.7-5 9.3-5 14 0s9.3 5 14 0"/><path d="M3 25c4.7-5 9.3-5 14 0s9.3 5 14 0"/></g></svg>',
);

/** What every page of the bank has: its head, and its foot after `content`. */
export function page(
  view: View,
  scripts: readonly string[],
  content: Html,
  title = TEXTS[view.language].title,
): Html {
  const t = TEXTS[view.language];
  return html`<!doctype html>
    <html lang="${t.htmlLang}" ${view.elder ? raw('class="elder"') : ''}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" />
        <link rel="stylesheet" href="/portal.css" />
        ${scripts.map((address) => html`<script type="module" src="${address}"></script>`)}
      </head>
      <body>
        ${content}
        <footer class="foot">
          <span>${t.company}</span>
          <span>${t.hotline}</span>
        </footer>
      </body>
    </html>`;
}

/** The bank's sign; a link home where somebody is signed in, since the home page of the demo signs in. */
export function logo(view: View, linked: boolean): Html {
  const sign = html`${WAVES}<span>${TEXTS[view.language].bank}</span>`;
  return linked
    ? html`<a class="logo" href="${addressOf('/', view)}">${sign}</a>`
    : html`<span class="logo">${sign}</span>`;
}
