import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';

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
    :host([bank='jianghai']) {
      --liyu-accent: light-dark(#12466b, #8fc1e6);
      --liyu-on-accent: light-dark(#ffffff, #0b2233);
      --liyu-accent-soft: light-dark(#e9f0f5, #1b2b38);
      --liyu-emblem: light-dark(#12466b, #c9deee);
      --liyu-text: light-dark(#18222b, #e7ebed);
      --liyu-text-muted: light-dark(#52606b, #a9b3b9);
      --liyu-line: light-dark(#dae1e6, #313b43);
      --liyu-sunken: light-dark(#f4f6f8, #1e252b);
      --liyu-radius: 8px;
    }
    :host([bank='linchuan']) {
      --liyu-accent: light-dark(#a3202a, #f0a3a3);
      --liyu-on-accent: light-dark(#ffffff, #331012);
      --liyu-accent-soft: light-dark(#faefef, #33201f);
      --liyu-emblem: light-dark(#7c1a21, #f0c9c7);
      --liyu-text: light-dark(#222222, #e7ebed);
      --liyu-text-muted: light-dark(#5a5a5a, #a9b3b9);
      --liyu-line: light-dark(#dddddd, #323a3e);
      --liyu-sunken: light-dark(#f5f5f5, #1f2427);
      --liyu-radius: 4px;
    }
  `;

  @property({ reflect: true }) bank: 'jianghai' | 'linchuan' = 'jianghai';

  protected override render() {
    return html`<slot></slot>`;
  }
}

if (customElements.get('story-brand') === undefined) {
  customElements.define('story-brand', StoryBrand);
}
