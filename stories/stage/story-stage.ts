import { css, html, LitElement } from 'lit';
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { MakeSource } from './story-source.js';

/**
 * The page around a story: its color scheme, its width, and a source that answers the widgets in it
 * as a kit does.
 */
export class StoryStage extends LitElement {
  static override styles = css`
    :host {
      display: block;
      box-sizing: border-box;
      padding: 16px;
      color-scheme: light;
      background: light-dark(#ffffff, #0f1315);
      color: light-dark(#1c2225, #e7ebed);
      font:
        16px/26px 'PingFang SC',
        'HarmonyOS Sans SC',
        'MiSans',
        'Noto Sans CJK SC',
        'Microsoft YaHei',
        sans-serif;
    }
    :host([theme='dark']) {
      color-scheme: dark;
    }
    @media (min-width: 600px) {
      :host {
        padding: 32px;
      }
    }
    :host([wide]) {
      padding: 0;
    }
    :host([alone]) {
      min-block-size: 100vh;
    }
    div {
      max-inline-size: var(--room, none);
    }
  `;

  @property({ reflect: true }) theme: 'light' | 'dark' = 'light';
  @property({ attribute: false }) make: MakeSource | null = null;
  /** Width in px; null for as wide as the window, 0 for a page that reaches its edges. */
  @property({ attribute: false }) room: number | null = null;

  /** Whether it is all that the window shows. */
  @property({ type: Boolean, reflect: true }) alone = false;

  #stop: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#provide();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('make') && this.hasUpdated) this.#provide();
    this.toggleAttribute('wide', this.room === 0);
    if (this.room) this.style.setProperty('--room', `${this.room}px`);
    else this.style.removeProperty('--room');
  }

  protected override render() {
    return html`<div><slot></slot></div>`;
  }

  /** Listens before the first widget asks, which is in its first update. */
  #provide(): void {
    this.#stop?.();
    this.#stop = this.make?.().provideFor(this) ?? null;
  }
}

if (customElements.get('story-stage') === undefined) {
  customElements.define('story-stage', StoryStage);
}
