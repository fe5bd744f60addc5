import { css, html, LitElement } from 'lit';

/** Things side by side, as many as fit. */
export class StoryGallery extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr));
      gap: 28px;
      align-items: start;
    }
  `;

  protected override render() {
    return html`<slot></slot>`;
  }
}

if (customElements.get('story-gallery') === undefined) {
  customElements.define('story-gallery', StoryGallery);
}
