import type { Language } from './texts.js';

/** How a page is shown: part of its address, so that a link keeps it. */
export interface View {
  language: Language;
  elder: boolean;
}

/** The address of `path` in a view; the usual one, Chinese and standard type, needs no words for it. */
export function addressOf(path: string, { language, elder }: View): string {
  const query = [language === 'en' ? 'lang=en' : '', elder ? 'elder=1' : ''];
  const search = query.filter((part) => part !== '').join('&');
  return search === '' ? path : `${path}?${search}`;
}
