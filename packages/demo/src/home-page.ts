import { html, raw } from 'hono/html';
import { addressOf } from './address.js';
import type { View } from './address.js';
import { customerOptions } from './customer-options.js';
import { logo, page } from './page.js';
import type { DemoCustomer } from './portal.js';
import { TEXTS } from './texts.js';

export interface HomePage extends View {
  customers: readonly DemoCustomer[];
  signedIn: string;
  /** Opaque name of the signed-in person, for `<liyu-kit subject>`. */
  subject: string;
}

/** The personal home page of 江海银行, into which the tags of Liyu were dropped. */
export function homePage({ language, elder, customers, signedIn, subject }: HomePage) {
  const t = TEXTS[language];
  const view: View = { language, elder };
  const flag = elder ? raw(' elder') : '';
  return page(
    view,
    ['/liyu/liyu.js', '/portal.js'],
    html`<liyu-kit
        endpoint="/liyu"
        token-url="/session/liyu-token"
        subject="${subject}"
        locale="${t.htmlLang}"
      ></liyu-kit>
      <header class="top">
        <form class="switch" method="post" action="/session">
          <input type="hidden" name="back" value="${addressOf('/', view)}" />
          <label for="customer">${t.switchLabel}</label>
          <select id="customer" name="customer">
            ${customerOptions(customers, language, signedIn)}
          </select>
          <button>${t.switchButton}</button>
        </form>
        <nav class="settings" aria-label="${t.settings}">
          <a href="${addressOf('/', { language, elder: !elder })}"
            >${elder ? t.standard : t.elder}</a
          >
          <a href="${addressOf('/', { language: language === 'en' ? 'zh-CN' : 'en', elder })}"
            >${t.otherLanguage}</a
          >
          <a href="${addressOf('/sign-out', view)}" data-sign-out data-unsent="${t.unsent}"
            >${t.signOut}</a
          >
        </nav>
        ${logo(view, true)}
        <nav class="sections" aria-label="${t.sections}">
          <a href="#accounts">${t.accounts}</a>
          <a href="#benefits">${t.benefits}</a>
          <a href="#survey">${t.survey}</a>
          <a href="#care">${t.care}</a>
          <a href="#level">${t.level}</a>
        </nav>
        <liyu-tier-badge size="s" frame="none" ${flag}></liyu-tier-badge>
      </header>
      <main class="main">
        <h1 class="unseen">${t.title}</h1>
        <div class="col">
          <section class="host" id="accounts">
            <h2>${t.accounts}</h2>
            <dl class="sums">
              ${t.sums.map(
                (name) =>
                  html`<div>
                    <dt>${name}</dt>
                    <dd>******</dd>
                  </div>`,
              )}
            </dl>
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
          <liyu-benefit-panel id="benefits" limit="4" ${flag}></liyu-benefit-panel>
          <liyu-asset-mix id="assets" ${flag}></liyu-asset-mix>
          <liyu-satisfaction-form id="survey" ${flag}></liyu-satisfaction-form>
          <section class="host notices">
            <h2>${t.notices}</h2>
            <ul>
              ${t.news.map(
                ([date, words]) =>
                  html`<li>
                    <span>${words}</span>
                    <span class="date">${date}</span>
                  </li>`,
              )}
            </ul>
          </section>
        </div>
        <div class="col">
          <liyu-customer-card ${flag}></liyu-customer-card>
          <liyu-care-timeline id="care" months="1" ${flag}></liyu-care-timeline>
        </div>
        <liyu-tier-journey id="level" ${flag}></liyu-tier-journey>
      </main>`,
  );
}
