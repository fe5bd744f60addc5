export type Locale = 'zh-CN' | 'en';
/** A text in every language of the kit; a missing one falls back to zh-CN. */
export type Localized = Partial<Record<Locale, string>>;

/**
 * The text of `value` in `locale`, else in zh-CN, else an empty string. Throws a TypeError where a page
 * gave something else than texts.
 */
export function localize(value: Localized | null | undefined, locale: Locale): string {
  const text: unknown = value?.[locale] ?? value?.['zh-CN'] ?? '';
  if (typeof text !== 'string') throw new TypeError('not a text');
  return text;
}
