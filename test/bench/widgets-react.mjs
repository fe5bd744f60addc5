// React: one root for all, in light DOM, as a page in React would have it.
import { Fragment, createElement as h } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { styleThePage } from './widgets-styles.mjs';
import { ICON_PATHS, badgeWords, cardWords } from './widgets-words.mjs';
import { offer } from './widgets.page.mjs';

const box = (tag, className, ...children) => h(tag, { className }, ...children);
const plain = (tag, ...children) => h(tag, null, ...children);
const solid = (text) => box('span', 'solid', text);
const unseen = (text) => box('span', 'unseen', text);

function Sign({ className, grid, children }) {
  const viewBox = `0 0 ${grid} ${grid}`;
  return h('svg', { className, viewBox, 'aria-hidden': true, focusable: false }, children);
}

function Icon({ name }) {
  const path = h('path', {
    fill: 'none',
    stroke: 'currentColor',
    strokeWidth: '1.5',
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
    d: ICON_PATHS[name],
  });
  return h(Sign, { className: 'icon', grid: 20 }, path);
}

function Emblem({ px, outline }) {
  const path = h('path', { fill: 'currentColor', fillRule: 'evenodd', d: outline });
  return h(Sign, { className: `emblem px${px}`, grid: 48 }, path);
}

function Root({ kind, head, children }) {
  const notes = h('div', { className: 'notes', role: 'status' });
  const inner = box('div', 'inner', head, notes, children);
  return h('div', { className: `root ${kind}`, lang: 'zh-CN' }, inner);
}

function Badge({ record }) {
  const { drawing, name, until, lastDay } = badgeWords(record);
  const head = box(
    'div',
    'medium-badge',
    h(Emblem, { px: 32, outline: drawing }),
    plain('div', box('p', 'name', solid(name)), box('p', 'small muted', until, solid(lastDay))),
  );
  return h(Root, { kind: 'inline', head });
}

function Card({ record }) {
  const words = cardWords(record);
  const greeting = box('h2', 'title', h('span', { lang: 'zh-CN' }, words.customer), words.greeting);
  const level = box(
    'p',
    'small level',
    plain('b', solid(words.name)),
    ' ',
    box('span', 'muted', words.until, solid(words.lastDay)),
  );
  const head = box(
    'div',
    'top',
    h(Emblem, { px: 48, outline: words.drawing }),
    plain('div', greeting, level),
  );
  const people = words.people.map((one) => h(Person, { key: one.role, ...one }));
  const since = box('span', 'small muted', words.since, solid(words.sinceMonth));
  const facts = box(
    'dl',
    'facts',
    h(Assets, words),
    h(Fact, { term: '往来' }, plain('span', words.years), since),
    h(
      Fact,
      { term: '开户网点' },
      plain('span', words.branch),
      box('span', 'small muted', words.banker),
    ),
    h(Fact, { term: '联系偏好' }, words.channel),
  );
  const columns = box('div', 'columns', box('ul', 'people', people), facts);
  return h(
    Root,
    { kind: 'framed', head },
    box('div', 'body', columns),
    box('div', 'foot', box('p', 'fine', words.dated, solid(words.date))),
  );
}

function Person({ role, duty, name, phone, url, call }) {
  return box(
    'li',
    'person',
    plain(
      'div',
      box('p', 'name', name),
      box('p', 'small muted role', plain('span', role), box('span', 'figure', phone)),
      box('p', 'fine', duty),
    ),
    h(
      'a',
      { className: 'button', href: url },
      h(Icon, { name: 'phone' }),
      plain('span', call, unseen(name)),
    ),
  );
}

function Assets({ assets, basis, basisDay, hidden, show, showWhat }) {
  const basisWords = box('span', 'fine basis', basis, solid(basisDay));
  return h(
    Fact,
    { term: h(Fragment, null, assets, basisWords) },
    h('span', { className: 'figure', 'aria-hidden': true }, '******'),
    unseen(hidden),
    h(
      'button',
      { className: 'link', type: 'button', onClick: () => undefined },
      h(Icon, { name: 'eye' }),
      plain('span', show, unseen(showWhat)),
    ),
  );
}

function Fact({ term, children }) {
  return box('div', 'fact', plain('dt', term), plain('dd', children));
}

function list(One) {
  const show = ({ root }, records) =>
    flushSync(() => root.render(records.map((record, i) => h(One, { key: i, record }))));
  return {
    create(host, records) {
      const handle = { root: createRoot(host) };
      show(handle, records);
      return handle;
    },
    update: show,
  };
}

styleThePage();
offer({ badges: list(Badge), cards: list(Card) });
