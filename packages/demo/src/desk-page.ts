import { html } from 'hono/html';
import { addressOf } from './address.js';
import type { View } from './address.js';
import { DESK_TEXTS } from './desk-texts.js';
import { logo, page } from './page.js';
import { TEXTS } from './texts.js';
import type { Language } from './texts.js';

/** A member of staff of the demo. */
export interface DemoManager {
  manager: string;
  name: string;
  branch: string | null;
  duties: string[];
}

export interface DeskPage extends View {
  signedIn: DemoManager;
  /** Opaque name of the member of staff, for `<liyu-kit subject>`. */
  subject: string;
}

/** The desk of the bank's staff: their customers, and the card of the one they chose. */
export function deskPage({ signedIn, subject, ...view }: DeskPage) {
  const { language } = view;
  const t = DESK_TEXTS[language];
  const other: View = { ...view, language: language === 'en' ? 'zh-CN' : 'en' };
  return page(
    view,
    ['/liyu/liyu.js', '/desk.js'],
    html`<liyu-kit
        endpoint="/liyu"
        token-url="/session/desk-token"
        subject="${subject}"
        locale="${language}"
      ></liyu-kit>
      <header class="top desk-top">
        <p class="who">${signedIn.name} <span>${dutiesOf(signedIn, language)}</span></p>
        <nav class="settings" aria-label="${TEXTS[language].settings}">
          <a href="${addressOf('/desk', other)}">${TEXTS[language].otherLanguage}</a>
          <a
            href="${addressOf('/desk/sign-out', view)}"
            data-sign-out
            data-unsent="${TEXTS[language].unsent}"
            >${t.signOut}</a
          >
        </nav>
        ${logo(view, false)}
        <p class="place">${t.desk}</p>
      </header>
      <main class="main desk">
        <h1 class="unseen">${t.title}</h1>
        <section class="host finder" aria-labelledby="customers">
          <h2 id="customers">${t.customers}</h2>
          <form role="search" data-find>
            <label for="find">${t.search}</label>
            <input id="find" type="search" autocomplete="off" aria-describedby="find-what" />
            <p id="find-what">${t.searchWhat}</p>
          </form>
          <p
            role="status"
            data-count
            data-found="${t.found}"
            data-more="${t.more}"
            data-nobody="${t.nobody}"
            data-unnamed="${t.unnamed}"
          >
            ${t.waiting}
          </p>
          <ul data-list></ul>
        </section>
        <section class="chosen" aria-label="${t.card}">
          <liyu-customer-card customer=""></liyu-customer-card>
        </section>
      </main>`,
    t.title,
  );
}

/** The page on which a member of staff signs in. */
export function deskSignInPage(managers: readonly DemoManager[], view: View) {
  const t = DESK_TEXTS[view.language];
  return page(
    view,
    [],
    html`<header class="top plain">${logo(view, false)}</header>
      <main class="signed-out">
        <section class="host">
          <h1>${t.desk}</h1>
          <p>${t.signInWhat}</p>
          <form class="sign-in" method="post" action="/desk/session">
            <input type="hidden" name="back" value="${addressOf('/desk', view)}" />
            <label for="manager">${t.who}</label>
            <select id="manager" name="manager">
              ${managers.map(
                (one) =>
                  html`<option value="${one.manager}">
                    ${one.name} · ${dutiesOf(one, view.language)}
                  </option>`,
              )}
            </select>
            <button>${t.signIn}</button>
          </form>
        </section>
      </main>`,
    t.title,
  );
}

function dutiesOf({ duties }: DemoManager, language: Language): string {
  const words = duties.map((duty) => DESK_TEXTS[language].duties[duty] ?? duty);
  return words.join(language === 'en' ? ', ' : '、');
}
