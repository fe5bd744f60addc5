import { css, html, LitElement } from 'lit';
import { state } from 'lit/decorators.js';

const TYPES = ['liyu-survey-submitted', 'liyu-before-open-survey'];

/** Lists the events of the widgets inside it, with what they hold. */
export class EventLog extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      gap: 16px;
    }
    pre {
      margin: 0;
      padding: 14px;
      border-radius: 6px;
      background: light-dark(#f5f6f6, #1f2427);
      font:
        13px/20px ui-monospace,
        Consolas,
        monospace;
      white-space: pre-wrap;
    }
  `;

  @state() private lines: readonly string[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of TYPES) this.addEventListener(type, this.#onEvent);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of TYPES) this.removeEventListener(type, this.#onEvent);
  }

  protected override render() {
    const text = this.lines.length === 0 ? 'no event yet' : this.lines.join('\n');
    return html`<slot></slot>
      <pre role="log" aria-label="Events">${text}</pre>`;
  }

  readonly #onEvent = (event: Event): void => {
    const { detail } = event as Event & { detail: unknown };
    this.lines = [...this.lines, `${event.type} ${JSON.stringify(detail)}`];
  };
}

if (customElements.get('event-log') === undefined) {
  customElements.define('event-log', EventLog);
}
