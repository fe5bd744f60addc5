import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** A heading of the level that the page's outline has room for; below 1 counts as 1, above 6 as 6. */
export function heading(
  level: number,
  content: unknown,
  part: 'title' | 'group' = 'group',
): TemplateResult {
  switch (Math.min(6, Math.max(1, Math.trunc(level)))) {
    case 1:
      return html`<h1 class=${part} part=${part}>${content}</h1>`;
    case 2:
      return html`<h2 class=${part} part=${part}>${content}</h2>`;
    case 3:
      return html`<h3 class=${part} part=${part}>${content}</h3>`;
    case 4:
      return html`<h4 class=${part} part=${part}>${content}</h4>`;
    case 5:
      return html`<h5 class=${part} part=${part}>${content}</h5>`;
    default:
      return html`<h6 class=${part} part=${part}>${content}</h6>`;
  }
}
