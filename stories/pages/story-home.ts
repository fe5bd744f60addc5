import { css, html, LitElement } from 'lit';

/**
 * A bank's own page around the widgets: a bar with the bank's name, a wide column and a narrow one. On
 * a phone there is one, and the people come first.
 */
export class StoryHome extends LitElement {
  static override styles = css`
    :host {
      display: block;
      min-block-size: 100vh;
      background: light-dark(#f2f4f4, #0f1315);
    }
    header {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 16px;
      min-block-size: 64px;
      padding-inline: max(16px, (100% - 1200px) / 2);
      border-block-end: 1px solid light-dark(#dde1e3, #323a3e);
      background: light-dark(#ffffff, #171b1d);
    }
    .bank {
      font-size: 20px;
      font-weight: 600;
      color: light-dark(#245a5e, #8cc6c8);
    }
    main {
      display: flex;
      flex-direction: column;
      gap: 16px;
      padding: 16px max(16px, (100% - 1200px) / 2) 40px;
    }
    .column {
      display: contents;
    }
    ::slotted(liyu-customer-card) {
      order: -1;
    }
    @media (min-width: 900px) {
      main {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 392px;
        gap: 32px;
        align-items: start;
        padding-block: 32px 56px;
      }
      .column {
        display: grid;
        gap: 32px;
      }
    }
  `;

  protected override render() {
    return html`<header>
        <span class="bank"><slot name="bank"></slot></span><slot name="badge"></slot>
      </header>
      <main>
        <slot name="title"></slot>
        <div class="column"><slot name="main"></slot></div>
        <div class="column"><slot name="side"></slot></div>
      </main>`;
  }
}

if (customElements.get('story-home') === undefined) {
  customElements.define('story-home', StoryHome);
}
