import { localize } from '@liyu/model';
import type { Locale } from '@liyu/model';
import type { Expression, Operator } from '@liyu/policy';
import type { GradingFiles } from './compile-core.js';
import { conditionsOf } from './conditions.js';
import type { ExplainedCondition, Judged } from './conditions.js';
import type { GradeOptions } from './compile-policy.js';

type Comparison = Exclude<Operator, 'and' | 'or' | 'not' | 'mul' | 'true'>;
type Metric = GradingFiles['metrics']['metrics'][number];

/** How the two languages say a condition. `{name}` is a label, `{value}` an amount with its unit. */
const PHRASES: Record<
  Locale,
  Record<Comparison | 'not' | 'noKnockout' | 'score' | 'points', string> &
    Record<'and' | 'or' | 'list', string>
> = {
  'zh-CN': {
    ge: '{name}达到{value}',
    gt: '{name}超过{value}',
    le: '{name}不超过{value}',
    lt: '{name}不满{value}',
    eq: '{name}为{value}',
    not: '不属于：{name}',
    noKnockout: '信用记录无一票否决',
    score: '综合评分',
    points: '{value}分',
    and: '，且',
    or: '，或',
    list: '；',
  },
  en: {
    ge: '{name} of at least {value}',
    gt: '{name} above {value}',
    le: '{name} of at most {value}',
    lt: '{name} below {value}',
    eq: '{name}: {value}',
    not: 'not: {name}',
    noKnockout: 'no knock-out in the credit record',
    score: 'Composite score',
    points: '{value}',
    and: ' and ',
    or: ', or ',
    list: '; ',
  },
};

/** A condition in words, with the policy's own labels: 近3个月日均存款达到600万元. */
export function conditionText(files: GradingFiles, expression: Expression, locale: Locale): string {
  const phrases = PHRASES[locale];
  const say = (phrase: keyof typeof phrases, name: string, value = '') =>
    phrases[phrase].replace('{name}', () => name).replace('{value}', () => value);
  if (typeof expression !== 'object') return String(expression);
  if ('var' in expression) return nameOf(files, expression.var, locale);
  const args = expression.args ?? [];
  const texts = () => args.map((arg) => conditionText(files, arg, locale));
  switch (expression.op) {
    case 'true':
      return '';
    case 'and':
    case 'or':
      return texts().join(phrases[expression.op]);
    case 'mul':
      return texts().join(' × ');
    case 'not': {
      const [arg] = args;
      const isKnockout = typeof arg === 'object' && 'var' in arg && arg.var === 'knockout';
      return isKnockout ? phrases.noKnockout : say('not', texts()[0] ?? '');
    }
    default: {
      const [left, right] = args;
      const name = typeof left === 'object' && 'var' in left ? left.var : null;
      if (name === null || typeof right === 'object' || right === undefined) {
        return say(expression.op, texts()[0] ?? '', texts()[1]);
      }
      const label = nameOf(files, name, locale);
      if (right === true && expression.op === 'eq') return label;
      return say(expression.op, label, valueText(files, name, right, locale));
    }
  }
}

/** What restores a rung: the conditions that a customer doesn't meet, in both languages. */
export function restoreText(
  files: GradingFiles,
  rung: string,
  grade: Judged,
  options: GradeOptions = {},
): Record<Locale, string> {
  const unmet = conditionsOf(files, rung, grade, options).filter(({ truth }) => truth !== true);
  const text = (locale: Locale) =>
    unmet
      .map(({ expression }: ExplainedCondition) => conditionText(files, expression, locale))
      .join(PHRASES[locale].list);
  return { 'zh-CN': text('zh-CN'), en: text('en') };
}

function nameOf({ metrics, scorecard }: GradingFiles, name: string, locale: Locale): string {
  if (name === 'score') return PHRASES[locale].score;
  const label =
    metrics.metrics.find(({ id }) => id === name)?.label ??
    scorecard.factors.find(({ metric }) => metric === name)?.label;
  return label?.[locale] ?? name;
}

function valueText(
  { metrics }: GradingFiles,
  name: string,
  value: number | boolean | string,
  locale: Locale,
): string {
  if (name === 'score') return PHRASES[locale].points.replace('{value}', String(value));
  const metric = metrics.metrics.find(({ id }) => id === name);
  if (typeof value !== 'number') {
    return localize(metric?.valueLabels?.[String(value)], locale) || String(value);
  }
  return metric === undefined ? String(value) : withUnit(metric, value, locale);
}

/** A number with the unit of its metric; amounts are exact, in 万元 or 亿元 where that is shorter. */
function withUnit({ unit }: Metric, value: number, locale: Locale): string {
  const isChinese = locale === 'zh-CN';
  switch (unit) {
    case 'fen':
      return isChinese ? `${chineseMoney(value)}元` : `¥${decimal(value, 100)}`;
    case 'bp':
      return `${decimal(value, 100)}%`;
    case 'months':
      return isChinese ? `${value}个月` : `${value} ${value === 1 ? 'month' : 'months'}`;
    case 'days':
      return isChinese ? `${value}天` : `${value} ${value === 1 ? 'day' : 'days'}`;
    case 'years':
      return isChinese ? `${value}岁` : `${value}`;
    default:
      return decimal(value, 1);
  }
}

function chineseMoney(fen: number): string {
  for (const [word, size] of [
    ['亿', 10_000_000_000],
    ['万', 1_000_000],
  ] as const) {
    if (fen >= size && (fen * 100) % size === 0) return `${decimal(fen, size)}${word}`;
  }
  return decimal(fen, 100);
}

/** value / size with its decimals, grouped by thousands; integers all the way. */
function decimal(value: number, size: number): string {
  const whole = Math.floor(value / size);
  const hundredths = Math.floor(((value % size) * 100) / size);
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
  if (hundredths === 0) return grouped;
  return `${grouped}.${String(hundredths).padStart(2, '0').replace(/0$/, '')}`;
}
