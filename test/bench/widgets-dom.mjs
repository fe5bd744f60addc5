/* global document */
// A badge and a card by hand, in light DOM: `createElement` and `textContent`, as a page without any library
// would do it. Same words, elements, classes, drawings and ARIA as Liyu's, so that style and layout have the
// same work. Left out is what only a widget for any page needs: the shadow root and its reset, parts, custom
// states, the flags on the root, empty boxes for what may come, and every other state than the one shown.
import { ICON_PATHS, badgeWords, cardWords } from './widgets-words.mjs';

const SVG = 'http://www.w3.org/2000/svg';

/** A badge; `show` gives it the data of another assessment. */
export function badge(assessment) {
  let words = badgeWords(assessment);
  const path = drawing(words.drawing);
  const name = solid(words.name);
  const lastDay = solid(words.lastDay);
  const medium = box('div', 'medium-badge', [
    emblem(32, path),
    box('div', '', [box('p', 'name', [name]), box('p', 'small muted', [words.until, lastDay])]),
  ]);
  return {
    element: root('inline', [medium, notes()]),
    show(changed) {
      const next = badgeWords(changed);
      if (next.drawing !== words.drawing) path.setAttribute('d', next.drawing);
      write(words, next, { name, lastDay });
      words = next;
    },
  };
}

/** A card; `show` gives it the data of another customer. */
export function card(record) {
  const { parts, show } = cardParts(record);
  return { element: root('framed', [parts.head, notes(), parts.body, parts.foot]), show };
}

/** What stands in a card, for libraries that have a frame of their own. */
export function cardParts(record) {
  let words = cardWords(record);
  const path = drawing(words.drawing);
  const customer = box('span', '', [words.customer]);
  customer.lang = 'zh-CN';
  const rung = solid(words.name);
  const lastDay = solid(words.lastDay);
  const head = box('div', 'top', [
    emblem(48, path),
    box('div', '', [
      box('h2', 'title', [customer, words.greeting]),
      box('p', 'small level', [
        box('b', '', [rung]),
        ' ',
        box('span', 'muted', [words.until, lastDay]),
      ]),
    ]),
  ]);
  const years = box('span', '', [words.years]);
  const sinceMonth = solid(words.sinceMonth);
  const facts = box('dl', 'facts', [
    assetsRow(words),
    fact(['往来'], [years, box('span', 'small muted', [words.since, sinceMonth])]),
    fact(
      ['开户网点'],
      [box('span', '', [words.branch]), box('span', 'small muted', [words.banker])],
    ),
    fact(['联系偏好'], [words.channel]),
  ]);
  const body = box('div', 'body', [
    box('div', 'columns', [box('ul', 'people', words.people.map(person)), facts]),
  ]);
  const date = solid(words.date);
  const foot = box('div', 'foot', [box('p', 'fine', [words.dated, date])]);
  return {
    parts: { head, body, foot },
    show(changed) {
      const next = cardWords(changed);
      if (next.drawing !== words.drawing) path.setAttribute('d', next.drawing);
      write(words, next, { customer, name: rung, lastDay, years, sinceMonth, date });
      words = next;
    },
  };
}

/** Only what has changed, as one who writes it by hand takes care to. */
function write(before, next, nodes) {
  for (const key in nodes) {
    if (next[key] !== before[key]) nodes[key].textContent = next[key];
  }
}

function assetsRow(words) {
  const figure = box('span', 'figure', ['******']);
  figure.setAttribute('aria-hidden', 'true');
  const button = box('button', 'link', [
    icon('eye'),
    box('span', '', [words.show, unseen(words.showWhat)]),
  ]);
  button.type = 'button';
  button.addEventListener('click', () => (figure.textContent = words.hidden));
  return fact(
    [words.assets, box('span', 'fine basis', [words.basis, solid(words.basisDay)])],
    [figure, unseen(words.hidden), button],
  );
}

function person({ role, duty, name, phone, url, call }) {
  const link = box('a', 'button', [icon('phone'), box('span', '', [call, unseen(name)])]);
  link.href = url;
  return box('li', 'person', [
    box('div', '', [
      box('p', 'name', [name]),
      box('p', 'small muted role', [box('span', '', [role]), box('span', 'figure', [phone])]),
      box('p', 'fine', [duty]),
    ]),
    link,
  ]);
}

function fact(term, value) {
  return box('div', 'fact', [box('dt', '', term), box('dd', '', value)]);
}

function root(kind, children) {
  const element = box('div', `root ${kind}`, [box('div', 'inner', children)]);
  element.lang = 'zh-CN';
  return element;
}

function notes() {
  const element = box('div', 'notes', []);
  element.setAttribute('role', 'status');
  return element;
}

function solid(text) {
  return box('span', 'solid', [text]);
}

function unseen(text) {
  return box('span', 'unseen', [text]);
}

function box(tag, className, children) {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  if (children.length === 1 && typeof children[0] === 'string') element.textContent = children[0];
  else element.append(...children);
  return element;
}

function emblem(px, path) {
  const element = sign(`emblem px${px}`, 48);
  element.append(path);
  return element;
}

function drawing(outline) {
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('fill-rule', 'evenodd');
  path.setAttribute('d', outline);
  return path;
}

function icon(name) {
  const element = sign('icon', 20);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('fill', 'none');
  path.setAttribute('stroke', 'currentColor');
  path.setAttribute('stroke-width', '1.5');
  path.setAttribute('stroke-linecap', 'round');
  path.setAttribute('stroke-linejoin', 'round');
  path.setAttribute('d', ICON_PATHS[name]);
  element.append(path);
  return element;
}

function sign(className, grid) {
  const element = document.createElementNS(SVG, 'svg');
  element.setAttribute('class', className);
  element.setAttribute('viewBox', `0 0 ${grid} ${grid}`);
  element.setAttribute('aria-hidden', 'true');
  element.setAttribute('focusable', 'false');
  return element;
}
