import { css, html, LitElement, unsafeCSS } from 'lit';
import { property } from 'lit/decorators.js';
import { BRANDS } from '../../packages/widgets/src/foundation/tokens.js';
import type { Brand } from '../../packages/widgets/src/foundation/tokens.js';

const rules = Object.entries(BRANDS)
  .map(([bank, properties]) => {
    const lines = Object.entries(properties).map(([name, value]) => `${name}: ${value};`);
    return `:host([bank='${bank}']) { ${lines.join(' ')} }`;
  })
  .join('\n');

/**
 * Two invented banks as a portal would write them: custom properties, and nothing else. 江海银行 is
 * ink blue with round corners, 临川农商银行 red with small ones.
 */
export class StoryBrand extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 400px), 1fr));
      gap: 24px;
      align-items: start;
    }
    ${unsafeCSS(rules)}
  `;

  @property({ reflect: true }) bank: Brand = 'jianghai';

  protected override render() {
    return html`<slot></slot>`;
  }
}

if (customElements.get('story-brand') === undefined) {
  customElements.define('story-brand', StoryBrand);
}
