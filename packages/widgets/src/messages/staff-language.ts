import type { Language } from './language.js';
import { staffEn } from './staff-en.js';
import { staffZhCN } from './staff-zh-cn.js';

type Source = typeof staffZhCN;

/** A language with the words of pages of staff. */
export type StaffLanguage = Language & Language<Source>;

const WORDS = { 'zh-CN': staffZhCN, en: staffEn };
const known = new WeakMap<Language, StaffLanguage>();

export function withStaffWords(language: Language): StaffLanguage {
  let found = known.get(language);
  if (found === undefined) {
    found = language.with<Source>(WORDS[language.locale]);
    known.set(language, found);
  }
  return found;
}
