export type Locale = 'zh-CN' | 'en';
/** A text in every language of the kit; a missing one falls back to zh-CN. */
export type Localized = Partial<Record<Locale, string>>;

/** The text of `value` in `locale`, else in zh-CN, else an empty string. */
export function localize(value: Localized | null | undefined, locale: Locale): string {
  return value?.[locale] ?? value?.['zh-CN'] ?? '';
}
