import type { Language } from './language.js';
import { journeyEn } from './journey-en.js';
import { journeyZhCN } from './journey-zh-cn.js';

type Source = typeof journeyZhCN;

/** A language with the words of the journey. */
export type JourneyLanguage = Language & Language<Source>;

const WORDS = { 'zh-CN': journeyZhCN, en: journeyEn };
const known = new WeakMap<Language, JourneyLanguage>();

export function withJourneyWords(language: Language): JourneyLanguage {
  let found = known.get(language);
  if (found === undefined) {
    found = language.with<Source>(WORDS[language.locale]);
    known.set(language, found);
  }
  return found;
}
