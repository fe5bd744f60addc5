import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from './icon.js';
import type { IconName } from './icon.js';
import { isolated } from './isolated.js';

/** Letters that a line of a phone has room for beside an emblem; a Chinese one counts as two. */
const UNBROKEN = 26;

/** Set solid and unbroken: names of levels, dates, amounts. What no line has room for breaks. */
export function solid(text: string): TemplateResult {
  const words = isolated(text);
  return fitsLine(text) ? html`<span class="solid">${words}</span>` : html`<span>${words}</span>`;
}

/** Set in figures of one width: numbers of telephones and of customers. What no line has room for breaks. */
export function figure(text: string): TemplateResult {
  const kind = fitsLine(text) ? 'figure' : 'figure broken';
  return html`<span class=${kind}>${isolated(text)}</span>`;
}

/** A figure with its unit in running text, such as 50万元, 24个月 and 3-month. */
const AMOUNT =
  /((?:\d{1,3}(?:,\d{3})+|\d{1,5})(?:\.\d{1,4})?(?:[万亿]?元|个月|[天分笔次])|\d{1,2}-month)/;

/** Running text in which no line ends between a figure and its unit. */
export function withAmounts(text: string): unknown[] {
  return isolated(text)
    .split(AMOUNT)
    .map((part, at) => (at % 2 === 0 ? part : html`<span class="unbroken">${part}</span>`));
}

function fitsLine(text: string): boolean {
  let width = 0;
  for (let at = 0; at < text.length && width <= UNBROKEN; at++) {
    width += text.charCodeAt(at) < 0x300 ? 1 : 2;
  }
  return width <= UNBROKEN;
}

/** For assistive technology only. */
export function unseen(text: unknown): TemplateResult {
  return html`<span class="unseen">${text}</span>`;
}

export type Tone = 'quiet' | 'positive' | 'notice' | 'negative';

/** A status: sign, word and, third, colour. */
export function status(name: IconName, words: unknown, tone: Tone = 'quiet'): TemplateResult {
  return html`<span class="status ${tone}">${icon(name)}<span>${words}</span></span>`;
}

/** A note in the flow of a widget. */
export function note(name: IconName, content: unknown, tone: Tone = 'quiet'): TemplateResult {
  return html`<div class="note ${tone}" part="note">
    ${icon(name)}
    <div>${content}</div>
  </div>`;
}

/** A still block that stands for a line of text or a picture, while data is on its way. */
export function block(size: string): TemplateResult {
  return html`<span class="block ${size}"></span>`;
}

/** A name as its language is read: a Chinese one in an English page isn't spelled in English. */
export function person(name: string): TemplateResult {
  const words = isolated(name);
  return /\p{Script=Han}/u.test(name)
    ? html`<span lang="zh-CN">${words}</span>`
    : html`<span>${words}</span>`;
}
