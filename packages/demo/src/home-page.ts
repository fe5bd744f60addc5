import { html, raw } from 'hono/html';
import type { DemoCustomer } from './portal.js';
import { TEXTS } from './texts.js';
import type { Language } from './texts.js';

export interface HomePage {
  language: Language;
  elder: boolean;
  customers: readonly DemoCustomer[];
  signedIn: string;
  /** Opaque name of the signed-in person, for `<liyu-kit subject>`. */
  subject: string;
}

const LOGO = raw(
  '<svg viewBox="0 0 34 34" aria-hidden="true"><g fill="none" stroke="currentColor" stroke-width="2.6"><path d="M3 12c4.7-5 9.3-5 14 0s9.3 5 14 0"/><path d="M3 18.5c4.7-5 9.3-5 14 0s9.3 5 14 0"/><path d="M3 25c4.7-5 9.3-5 14 0s9.3 5 14 0"/></g></svg>',
);

/** The personal home page of 江海银行, into which the tags of Liyu were dropped. */
export function homePage({ language, elder, customers, signedIn, subject }: HomePage) {
  const t = TEXTS[language];
  const flag = elder ? raw(' elder') : '';
  const address = (change: { language?: Language; elder?: boolean }) => {
    const next = { language, elder, ...change };
    const query = [next.language === 'en' ? 'lang=en' : '', next.elder ? 'elder=1' : ''];
    const search = query.filter((part) => part !== '').join('&');
    return search === '' ? '/' : `/?${search}`;
  };
  return html`<!doctype html>
    <html lang="${t.htmlLang}" ${elder ? raw('class="elder"') : ''}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${t.title}</title>
        <link rel="icon" href="/favicon.svg" />
        <link rel="stylesheet" href="/portal.css" />
        <script type="module" src="/liyu/liyu.js"></script>
        <script type="module" src="/portal.js"></script>
      </head>
      <body>
        <liyu-kit
          endpoint="/liyu"
          token-url="/session/liyu-token"
          subject="${subject}"
          locale="${t.htmlLang}"
        ></liyu-kit>
        <div class="util">
          <div class="wrap">
            <form class="switch" method="post" action="/session">
              <input type="hidden" name="back" value="${address({})}" />
              <label for="customer">${t.switchLabel}</label>
              <select id="customer" name="customer">
                ${customers.map(
                  (customer) =>
                    html`<option
                      value="${customer.id}"
                      ${customer.id === signedIn ? raw('selected') : ''}
                    >
                      ${customer.name} · ${customer.label[language]}
                    </option>`,
                )}
              </select>
              <button>${t.switchButton}</button>
            </form>
            <nav aria-label="${t.settings}">
              <a href="${address({ elder: !elder })}">${elder ? t.standard : t.elder}</a>
              <a href="${address({ language: language === 'en' ? 'zh-CN' : 'en' })}"
                >${t.otherLanguage}</a
              >
              <a href="/sign-out" data-sign-out>${t.signOut}</a>
            </nav>
          </div>
        </div>
        <header class="top">
          <div class="wrap">
            <a class="logo" href="${address({})}">${LOGO}<span>${t.bank}</span></a>
            <nav class="nav" aria-label="${t.sections}">
              <a href="#accounts">${t.accounts}</a>
              <a href="#benefits">${t.benefits}</a>
              <a href="#survey">${t.survey}</a>
              <a href="#care">${t.care}</a>
            </nav>
            <liyu-tier-badge size="s" frame="none" ${flag}></liyu-tier-badge>
          </div>
        </header>
        <main class="wrap main">
          <div class="col">
            <section class="host" id="accounts">
              <h2>${t.accounts}</h2>
              <table class="accounts">
                <caption>
                  ${t.accountsNote}
                </caption>
                ${t.rows.map(
                  ([name, note]) =>
                    html`<tr>
                      <th scope="row">${name}</th>
                      <td>${note}</td>
                      <td class="amount">******</td>
                    </tr>`,
                )}
              </table>
            </section>
            <liyu-benefit-panel id="benefits" ${flag}></liyu-benefit-panel>
            <liyu-satisfaction-form id="survey" ${flag}></liyu-satisfaction-form>
          </div>
          <div class="col">
            <liyu-customer-card ${flag}></liyu-customer-card>
            <liyu-care-timeline id="care" ${flag}></liyu-care-timeline>
          </div>
        </main>
        <footer class="foot">
          <div class="wrap">
            <span>${t.company}</span>
            <span>${t.hotline}</span>
          </div>
        </footer>
      </body>
    </html>`;
}
