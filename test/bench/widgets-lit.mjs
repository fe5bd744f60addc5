/* global document, customElements */
// A plain Lit element with one template and Liyu's styles: no states, no language, no source.
import { LitElement, html, svg } from 'lit';
import { STYLES } from './widgets-styles.mjs';
import { ICON_PATHS, badgeWords, cardWords } from './widgets-words.mjs';
import { offer } from './widgets.page.mjs';

const solid = (text) => html`<span class="solid">${text}</span>`;
const unseen = (text) => html`<span class="unseen">${text}</span>`;
const icon = (name) =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      d=${ICON_PATHS[name]}
    ></path>
  </svg>`;
const emblem = (px, outline) =>
  html`<svg class="emblem px${px}" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
    ${svg`<path fill="currentColor" fill-rule="evenodd" d=${outline}></path>`}
  </svg>`;
const root = (kind, head, rest) =>
  html`<div class="root ${kind}" lang="zh-CN">
    <div class="inner">
      ${head}
      <div class="notes" role="status"></div>
      ${rest}
    </div>
  </div>`;

class PlainElement extends LitElement {
  static properties = { record: { attribute: false } };
}

class PlainBadge extends PlainElement {
  static styles = STYLES.badge;

  render() {
    const { drawing, name, until, lastDay } = badgeWords(this.record);
    const medium = html`<div class="medium-badge">
      ${emblem(32, drawing)}
      <div>
        <p class="name">${solid(name)}</p>
        <p class="small muted">${until}${solid(lastDay)}</p>
      </div>
    </div>`;
    return root('inline', medium, '');
  }
}

class PlainCard extends PlainElement {
  static styles = STYLES.card;

  render() {
    const words = cardWords(this.record);
    const head = html`<div class="top">
      ${emblem(48, words.drawing)}
      <div>
        <h2 class="title"><span lang="zh-CN">${words.customer}</span>${words.greeting}</h2>
        <p class="small level">
          <b>${solid(words.name)}</b>
          <span class="muted">${words.until}${solid(words.lastDay)}</span>
        </p>
      </div>
    </div>`;
    return root('framed', head, html`${this.#body(words)}${this.#foot(words)}`);
  }

  #body(words) {
    return html`<div class="body">
      <div class="columns">
        <ul class="people">
          ${words.people.map((one) => this.#person(one))}
        </ul>
        <dl class="facts">
          ${this.#assets(words)}
          ${this.#fact(
            '往来',
            html`<span>${words.years}</span
              ><span class="small muted">${words.since}${solid(words.sinceMonth)}</span>`,
          )}
          ${this.#fact(
            '开户网点',
            html`<span>${words.branch}</span><span class="small muted">${words.banker}</span>`,
          )}
          ${this.#fact('联系偏好', words.channel)}
        </dl>
      </div>
    </div>`;
  }

  #person({ role, duty, name, phone, url, call }) {
    return html`<li class="person">
      <div>
        <p class="name">${name}</p>
        <p class="small muted role"><span>${role}</span><span class="figure">${phone}</span></p>
        <p class="fine">${duty}</p>
      </div>
      <a class="button" href=${url}>${icon('phone')}<span>${call}${unseen(name)}</span></a>
    </li>`;
  }

  #assets(words) {
    return this.#fact(
      html`${words.assets}<span class="fine basis">${words.basis}${solid(words.basisDay)}</span>`,
      html`<span class="figure" aria-hidden="true">******</span>${unseen(words.hidden)}<button
          type="button"
          class="link"
          @click=${this.#onShow}
        >
          ${icon('eye')}<span>${words.show}${unseen(words.showWhat)}</span>
        </button>`,
    );
  }

  #fact(term, value) {
    return html`<div class="fact">
      <dt>${term}</dt>
      <dd>${value}</dd>
    </div>`;
  }

  #foot({ dated, date }) {
    return html`<div class="foot"><p class="fine">${dated}${solid(date)}</p></div>`;
  }

  #onShow() {
    this.requestUpdate();
  }
}

customElements.define('plain-badge', PlainBadge);
customElements.define('plain-card', PlainCard);

function elements(tag) {
  return {
    create: (host, records) =>
      records.map((record) => {
        const element = document.createElement(tag);
        element.record = record;
        host.append(element);
        return element;
      }),
    update: (made, records) => made.forEach((element, i) => (element.record = records[i])),
    settle: async (made) => {
      for (const element of made) await element.updateComplete;
    },
  };
}

offer({ badges: elements('plain-badge'), cards: elements('plain-card') });
