import type { Localized } from '@liyu/model';
import { localize } from '@liyu/model';
import { money } from '../foundation/figures.js';
import type { JourneyLanguage } from '../messages/journey-language.js';
import type { Journey, Metric } from './journey.js';

type Figure = number | boolean | string | null | undefined;

export function metricOf({ files }: Pick<Journey, 'files'>, name: string): Metric | undefined {
  return files.metrics.metrics.find(({ id }) => id === name);
}

/** Name of a metric, of a derived value or of the score, without what stands in brackets. */
export function metricName(
  { files }: Pick<Journey, 'files'>,
  name: string,
  language: JourneyLanguage,
): string {
  if (name === 'score') return language.say('journey.composite');
  const label =
    metricOf({ files }, name)?.label ??
    files.scorecard.factors.find(({ metric }) => metric === name)?.label;
  return label === undefined ? name : brief(localize(label, language.locale));
}

function brief(label: string): string {
  return label.replace(/ ?[(（].*[)）]$/, '');
}

/** Name of what a rung is measured by, short enough for a ruler. */
export function measureName(
  journey: Pick<Journey, 'files'>,
  name: string,
  language: JourneyLanguage,
): string {
  switch (name) {
    case 'aum_avg_3m_fen':
    case 'deposit_avg_3m_fen':
      return language.say(`journey.measure.${name}`);
    default:
      return metricName(journey, name, language);
  }
}

/** A figure of a metric with its unit: ¥45,000, 8个月, 35%. */
export function figureText(
  metric: Pick<Metric, 'id' | 'unit' | 'valueLabels'> | undefined,
  value: Figure,
  language: JourneyLanguage,
): string {
  if (value === null || value === undefined) return language.say('journey.unknown');
  if (typeof value === 'boolean') return language.say(value ? 'survey.yes' : 'survey.no');
  if (typeof value === 'string') {
    const labels = metric?.valueLabels as Record<string, Localized> | undefined;
    const label = labels?.[value];
    return label === undefined ? value : localize(label, language.locale);
  }
  if (!Number.isFinite(value)) throw new RangeError('not a figure');
  switch (metric?.unit) {
    case 'fen':
      return amount(value);
    case 'months':
      return language.say(language.plural('card.months', value), { n: value });
    case 'days':
      return language.say(language.plural('journey.days', value), { n: value });
    case 'bp':
      return `${value / 100}%`;
    default:
      return metric?.id === 'txn_month_avg' || metric?.id === 'products_held'
        ? language.say(`journey.unit.${metric.id}`, { n: value })
        : String(value);
  }
}

/** `¥45,000`; fen only where there are some. */
export function amount(fen: number): string {
  return money(fen).replace(/\.00$/, '');
}

/** Short enough for a mark on a ruler: 50万, 1亿; 0.5m, 100m. */
export function markText(fen: number, language: JourneyLanguage): string {
  if (fen === 0) return '0';
  if (language.locale === 'en') return `${fen / 100_000_000}m`;
  return fen % 10_000_000_000 === 0 ? `${fen / 10_000_000_000}亿` : `${fen / 1_000_000}万`;
}

/** The first letter of an English sentence that a label of the policy begins. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A label of the policy inside an English sentence. */
export function inside(label: string, { locale }: JourneyLanguage): string {
  return locale === 'en' && !/^[A-Z]{2}/.test(label)
    ? label.charAt(0).toLowerCase() + label.slice(1)
    : label;
}

/** Sentences in a row. */
export function sentences(language: JourneyLanguage, list: readonly string[]): string {
  return list.reduce(
    (first, second) =>
      first === '' ? second : language.say('journey.sentences', { first, second }),
    '',
  );
}
