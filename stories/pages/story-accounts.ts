import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';

const WORDS = {
  'zh-CN': {
    title: '我的账户',
    note: '金额默认隐藏，请在手机银行查看',
    rows: [
      ['借记卡6225 **** **** 5678', '活期'],
      ['定期存款，尾号2046', '三年期'],
      ['信用卡，尾号5678', '每月8日还款'],
    ],
  },
  en: {
    title: 'My accounts',
    note: 'Amounts are hidden; the app shows them',
    rows: [
      ['Debit card 6225 **** **** 5678', 'Current account'],
      ['Term deposit ending 2046', 'Three years'],
      ['Credit card ending 5678', 'Due on the 8th of each month'],
    ],
  },
} as const;

/** A panel of the bank's own between the widgets, to see them beside it. */
export class StoryAccounts extends LitElement {
  static override styles = css`
    :host {
      display: block;
      padding: 20px;
      border: 1px solid light-dark(#dde1e3, #323a3e);
      border-radius: 9px;
      background: light-dark(#ffffff, #171b1d);
    }
    h2,
    p,
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    h2 {
      font-size: 18px;
      line-height: 28px;
      font-weight: 600;
      padding-block-end: 12px;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 16px;
      padding-block: 12px;
      border-block-start: 1px solid light-dark(#dde1e3, #323a3e);
    }
    span:last-child,
    p {
      font-size: 14px;
      line-height: 22px;
      color: light-dark(#545f66, #a9b3b9);
    }
    @media (min-width: 900px) {
      :host {
        padding: 28px;
      }
    }
  `;

  @property() locale: 'zh-CN' | 'en' = 'zh-CN';

  protected override render() {
    const { title, note, rows } = WORDS[this.locale];
    return html`<h2>${title}</h2>
      <ul>
        ${rows.map(([name, what]) => html`<li><span>${name}</span><span>${what}</span></li>`)}
      </ul>
      <p>${note}</p>`;
  }
}

if (customElements.get('story-accounts') === undefined) {
  customElements.define('story-accounts', StoryAccounts);
}
