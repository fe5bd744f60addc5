import type { Locale } from '@liyu/model';
import { isolated } from '../foundation/isolated.js';
import { zhCN } from './zh-cn.js';

type Core = typeof zhCN;
export type WordKey<Source = Core> = keyof Source & string;
/** A catalogue: every key of the source catalogue, with the same slots. */
export type Words<Source = Core> = Readonly<Record<WordKey<Source>, string>>;

type SlotsIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | SlotsIn<Rest>
  : never;
type Slots<Text, Value> = [SlotsIn<Text>] extends [never] ? [] : [Record<SlotsIn<Text>, Value>];
/** A key that has a `.one` beside it. */
type CountKey<Source> = {
  [Key in keyof Source]: Key extends `${infer Base}.one` ? Base : never;
}[keyof Source] &
  WordKey<Source>;

/** One language of the widgets: its words, and how slots are filled. */
export class Language<Source = Core> {
  /** Texts and slots in turn, of each key that was said. */
  readonly #split = new Map<string, readonly (string | Slot)[]>();

  /** Texts without slots that were said. */
  readonly #plain = new Map<string, string>();

  constructor(
    readonly locale: Locale,
    private readonly words: Words<Source>,
  ) {}

  /** The text of `key`, its slots filled with strings. */
  say<Key extends WordKey<Source>>(
    key: Key,
    ...slots: Slots<Source[Key], string | number>
  ): string {
    const known = this.#plain.get(key);
    if (known !== undefined) return known;
    let said = '';
    for (const part of this.#parts(key, slots[0])) said += spoken(part);
    if (slots.length === 0) this.#plain.set(key, said);
    return said;
  }

  /** The text of `key` as a list for a Lit binding, so that a slot may hold a template. */
  compose<Key extends WordKey<Source>>(key: Key, ...slots: Slots<Source[Key], unknown>): unknown[] {
    return this.#parts(key, slots[0]);
  }

  /** The key to use for `n` things: the one with `.one` for exactly one. */
  plural<Key extends CountKey<Source>>(key: Key, n: number): Key {
    return n === 1 ? (`${key}.one` as Key) : key;
  }

  /** The same language with the words of another part of the catalogue besides. */
  with<More>(more: Words<More>): Language<Source> & Language<More> {
    const both = { ...this.words, ...more } as Words<Source & More>;
    return new Language(this.locale, both);
  }

  #parts(key: WordKey<Source>, slots: Readonly<Record<string, unknown>> | undefined): unknown[] {
    let parts = this.#split.get(key);
    if (parts === undefined) this.#split.set(key, (parts = split(this.words[key])));
    return parts.map((part) => (typeof part === 'string' ? part : filling(slots?.[part.slot])));
  }
}

interface Slot {
  slot: string;
}

/** Without empty texts, each of which would be a node of its own. */
function split(text: string): readonly (string | Slot)[] {
  return text
    .split(/\{(\w+)\}/)
    .map((part, at) => (at % 2 === 0 ? part : { slot: part }))
    .filter((part) => part !== '');
}

/** A part of a text that is one string: a template can't stand in it. */
function spoken(part: unknown): string | number {
  if (typeof part === 'string' || typeof part === 'number') return part;
  throw new TypeError('not a text');
}

/** A slot as it is said. Throws for a number that isn't one, and for what was left out. */
function filling(slot: unknown): unknown {
  if (typeof slot === 'string') return isolated(slot);
  const isNothing = slot === undefined || slot === null;
  if (isNothing || (typeof slot === 'number' && !Number.isFinite(slot))) {
    throw new TypeError('nothing to say');
  }
  return slot;
}

const chinese = new Language('zh-CN', zhCN);
let english: Language | Promise<Language> | undefined;

/**
 * The language of `locale`: at once when it is here, else a promise. The catalogue of `en` is a chunk
 * of its own; when it can't be loaded, the promise gives Chinese, and the next call tries again.
 */
export function languageOf(locale: Locale): Language | Promise<Language> {
  if (locale === 'zh-CN') return chinese;
  english ??= import('./en.js').then(
    ({ en }) => (english = new Language('en', en)),
    () => {
      english = undefined;
      return chinese;
    },
  );
  return english;
}

/** The kit's locale for a language tag such as `en-GB` or `zh-Hans`; null for any other. */
export function parseLocale(tag: string | null | undefined): Locale | null {
  if (tag === 'zh-CN' || tag === 'en') return tag;
  if (typeof tag !== 'string') return null;
  if (/^zh\b/i.test(tag)) return 'zh-CN';
  if (/^en\b/i.test(tag)) return 'en';
  return null;
}
