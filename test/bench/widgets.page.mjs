/* global window, document, performance, Node, getComputedStyle */
// The page of the widgets bench. A contender's file offers what it can; the page creates, updates and times.
import { RECORDS } from './widgets-records.mjs';

/**
 * Makes a contender known to the page. For badges and for cards it has
 * - `create(host, records)`: puts an element for each record into the document, and returns a handle,
 * - `update(handle, records)`: shows other records in the same elements,
 * - `settle(handle)`: resolves when all have rendered.
 */
export function offer(contender) {
  window.measure = (kind, count) => measure(contender[kind], RECORDS[kind](count));
}

/**
 * Milliseconds to create and to update, for the first time in this page and after that; and what can be
 * read then, and how high it is, element by element.
 */
async function measure(contender, records) {
  const first = await pass(contender, records);
  first.host.remove();
  // Nothing but the figures lives on: what is kept alive makes every later collection slower.
  first.host = null;
  window.gc();
  const second = await pass(contender, records);
  const shown = [...second.host.children];
  const texts = shown.map(visibleText);
  const heights = shown.map(({ offsetHeight }) => offsetHeight);
  second.host.remove();
  return {
    first: { create: first.create, update: first.update },
    again: { create: second.create, update: second.update },
    texts,
    heights,
  };
}

async function pass({ create, update, settle }, { before, after }) {
  const host = document.createElement('div');
  document.body.append(host);
  layout(host);
  const began = performance.now();
  const handle = create(host, before);
  await settle?.(handle);
  layout(host);
  const created = performance.now();
  update(handle, after);
  await settle?.(handle);
  layout(host);
  return { host, create: created - began, update: performance.now() - created };
}

/** Forces style and layout of the whole page. */
function layout(host) {
  return host.offsetHeight;
}

/** What can be read in an element, through its shadow roots, without white space. */
function visibleText(element) {
  return textOf(element).replace(/\s+/g, '');
}

function textOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || isHidden(node)) return '';
  const slotted = node.localName === 'slot' ? node.assignedNodes() : [];
  const inside = slotted.length > 0 ? slotted : (node.shadowRoot ?? node).childNodes;
  return [...inside].map(textOf).join('');
}

/** Whether an element isn't shown, or only to a screen reader: then it is cut to a pixel. */
function isHidden(element) {
  if (['style', 'script', 'template'].includes(element.localName)) return true;
  // UI5's own way: it moves such a text out of the window.
  if (element.classList.contains('ui5-hidden-text')) return true;
  const { display, overflow } = getComputedStyle(element);
  if (display === 'none') return true;
  const { width, height } = element.getBoundingClientRect();
  return overflow === 'hidden' && width <= 1 && height <= 1;
}
