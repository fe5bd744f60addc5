import { expect } from '@open-wc/testing';
import { documentFaults, holds, machineWord } from './fixtures/document-faults.testing.js';
import { withValue } from './fixtures/fields.testing.js';
import type { Field } from './fixtures/fields.testing.js';
import {
  fieldsOfCase,
  HOSTILE_CASES,
  mountCase,
  stateOf,
} from './fixtures/hostile-cases.testing.js';
import type { HostileCase } from './fixtures/hostile-cases.testing.js';
import {
  HOSTILE_DATES,
  HOSTILE_NUMBERS,
  HOSTILE_TEXTS,
  WRONG_TYPES,
} from './fixtures/hostile.testing.js';
import { textOf } from './fixtures/mount.testing.js';
import { setTraps } from './fixtures/traps.testing.js';
import type { Traps } from './fixtures/traps.testing.js';

// Each field of each record is fed with what somebody who means harm could put there, one field at a
// time, on one mounted widget. By default every so-manieth text is tried on a field, another choice on
// each field, so that all are tried on each widget; `VITE_LIYU_HOSTILE=full` tries all on all.

const env = (import.meta as unknown as { env?: Record<string, string | undefined> }).env;
const isFull = env?.VITE_LIYU_HOSTILE === 'full';
/** A text that no catalogue holds, to find out whether a field is shown. */
const MARK = '标记Qz7';
/** Letters of a text that a line of a phone has no room for. */
const LONG = 40;
const STATES = ['ready', 'empty', 'error'];
/** Of so many fields one is tried as JSON, which mounts a widget anew each time. */
const JSON_STRIDE = 6;
/** Faults that one test names; the first ones say enough. */
const NAMED = 40;

type Props = Record<string, unknown>;

describe('Hostile data', () => {
  let traps: Traps;
  let logged: string[];
  const consoleError = console.error;
  before(() => {
    // Data of the wrong shape is logged each time.
    console.error = (...words: unknown[]) => logged.push(words.map(String).join(' '));
  });
  beforeEach(() => {
    logged = [];
    traps = setTraps();
  });
  afterEach(() => traps.remove());
  after(() => {
    console.error = consoleError;
  });

  for (const one of HOSTILE_CASES) {
    it(`harms nothing in the ${one.name}`, async function () {
      this.timeout(isFull ? 3_600_000 : 120_000);
      const element = await mountCase(one);
      expect(stateOf(element), textOf(element)).to.equal('ready');
      const faults = new Set(await feedAll(element, one));
      // What is wrong is logged, and never whose it is.
      const told = new Set(logged.filter((line) => !/data of the wrong shape \w+$/.test(line)));
      expect(listed(faults)).to.equal('');
      expect(listed(told)).to.equal('');
      expect(listed(new Set(traps.faults()))).to.equal('');
    });
  }

  for (const one of HOSTILE_CASES.filter(({ prepare }) => prepare === undefined)) {
    it(`harms nothing that the page writes into the ${one.name} as JSON`, async function () {
      this.timeout(isFull ? 3_600_000 : 120_000);
      const faults: string[] = [];
      const fields = fieldsOfCase(one).filter(({ field }) => typeof field.value === 'string');
      for (const [index, { property, field }] of fields.entries()) {
        if (!isFull && index % JSON_STRIDE !== 0) continue;
        const text = HOSTILE_TEXTS[(index * 7) % HOSTILE_TEXTS.length]!;
        const data = { ...one.props, [property]: withValue(one.props[property], field.path, text) };
        const json = JSON.stringify(data).replaceAll('<', '\\u003c');
        const element = await mountCase(one, `<script type="application/json">${json}</script>`);
        const fault = faultOf(element, textOf(element), text, false);
        if (fault !== null) faults.push(`${property}.${field.path.join('.')}: ${fault}`);
        element.parentElement!.remove();
      }
      expect(listed(new Set([...faults, ...traps.faults()]))).to.equal('');
    });
  }

  describe('is noticed', () => {
    const made: readonly [string, string][] = [
      ['an element that runs', '<svg></svg><script></script>'],
      ['an image', '<img>'],
      ['a handler', '<p onclick="x"></p>'],
      ['a link that runs', '<a href="javascript:x"></a>'],
      ['a link that gives the page away', '<a href="https://evil.example/"></a>'],
      ['a form that sends', '<form action="https://evil.example/"></form>'],
      ['a style that fetches', '<p style="background: url(//evil.example/x)"></p>'],
    ];
    for (const [what, markup] of made) {
      it(what, () => {
        const root = new DOMParser().parseFromString(markup, 'text/html');
        expect(documentFaults(root)).not.to.have.length(0);
      });
    }

    const done: readonly [string, () => unknown][] = [
      ['a dialog', () => window.alert('x')],
      ['a script', () => ((window as unknown as Props).pwned = 1)],
      ['another title', () => (document.title += '!')],
      ['another address', () => history.replaceState(null, '', '#x')],
      ['a polluted prototype', () => ((Object.prototype as Props).x = 1)],
      [
        'a request',
        () => fetch('http://127.0.0.1:9/').catch(() => new Promise((r) => setTimeout(r, 50))),
      ],
    ];
    for (const [what, run] of done) {
      it(what, async () => {
        const { title } = document;
        const { href } = location;
        await run();
        const faults = traps.faults();
        document.title = title;
        history.replaceState(null, '', href);
        delete (Object.prototype as Props).x;
        expect(faults).not.to.have.length(0);
      });
    }
  });
});

async function feedAll(element: HTMLElement, one: HostileCase): Promise<string[]> {
  const faults: string[] = [];
  const correct = textOf(element);
  for (const [index, { property, field }] of fieldsOfCase(one).entries()) {
    const name = `${property}.${field.path.join('.')}`;
    const give = (value: unknown) =>
      show(element, property, withValue(one.props[property], field.path, value));
    const isShown = typeof field.value === 'string' && (await give(MARK)).includes(MARK);
    for (const value of valuesFor(field, index, one.slow === true)) {
      const fault = await give(value).then(
        (text) => faultOf(element, text, value, isShown),
        (error: unknown) => `threw ${String(error)}`,
      );
      if (fault !== null) faults.push(`${name} = ${named(value)}: ${fault}`);
    }
    const after = await show(element, property, one.props[property]).catch(String);
    if (after !== correct) faults.push(`${name}: afterwards ${after.slice(0, 80)}`);
    if (faults.length > 60) return faults;
  }
  return faults;
}

async function show(element: HTMLElement, property: string, value: unknown): Promise<string> {
  (element as unknown as Props)[property] = value;
  await (element as unknown as { updateComplete: Promise<unknown> }).updateComplete;
  return textOf(element);
}

/** What is tried on a field: texts of its kind, and values of other types. */
function valuesFor({ value }: Field, index: number, isSlow: boolean): readonly unknown[] {
  const isObject = typeof value === 'object' && value !== null;
  const some = <T>(list: readonly T[], stride: number): readonly T[] =>
    isFull ? list : list.filter((_, at) => at % stride === index % stride);
  const stride = isSlow ? 12 : 2;
  if (isObject) return some(WRONG_TYPES, stride);
  const isDate = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);
  return [
    ...some(WRONG_TYPES, stride),
    ...some(HOSTILE_DATES, isDate ? 1 : 7 * stride),
    ...some(HOSTILE_NUMBERS, typeof value === 'number' ? 1 : 5 * stride),
    ...some(HOSTILE_TEXTS, typeof value === 'string' && !isDate ? 3 * stride : 11 * stride),
  ];
}

function faultOf(
  element: HTMLElement,
  text: string,
  fed: unknown,
  isShown: boolean,
): string | null {
  const state = stateOf(element) ?? 'none';
  if (!STATES.includes(state)) return `state ${state}`;
  const wrong = documentFaults(element.shadowRoot!);
  if (wrong.length > 0) return wrong.join(', ');
  if (text === '') return 'an empty frame';
  const root = element.shadowRoot!.querySelector('.root')!;
  if (typeof fed === 'string' && fed.length > LONG && root.scrollWidth > root.clientWidth + 1) {
    return `is ${root.scrollWidth} px wide`;
  }
  const word = machineWord(text, fed);
  if (word !== null) return `says ${word}`;
  const isLost = isShown && state === 'ready' && typeof fed === 'string' && !holds(text, fed);
  return isLost ? 'is not shown' : null;
}

function named(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  return JSON.stringify(value)?.slice(0, 60) ?? typeof value;
}

function listed(faults: ReadonlySet<string>): string {
  return [...faults].slice(0, NAMED).join('\n');
}
