import type { Locale } from '@liyu/model';
import type { PolicyFiles } from '@liyu/policy';

type Label = Record<Locale, string>;
type Facts = Readonly<Record<string, number | boolean | string | null>>;

/** A group of customers, as it is counted and told. */
export interface GroupId {
  group: string;
  label: Label;
}

/** A way to group customers, by their metrics and `branch`. */
export interface Banding {
  groupOf(facts: Facts): string;
  /** The groups that occur, in the order in which they are told; unknown is the last. */
  inOrder(groups: readonly string[]): GroupId[];
}

const UNKNOWN = 'UNKNOWN';
const UNKNOWN_LABEL: Label = { 'zh-CN': '未知', en: 'unknown' };

/** Years with the bank, by months, half open. */
const YEARS: (Range & GroupId)[] = [
  { lo: 0, hi: 12, group: '<1', label: { 'zh-CN': '不满1年', en: 'less than 1 year' } },
  { lo: 12, hi: 36, group: '1-3', label: { 'zh-CN': '1至3年', en: '1 to 3 years' } },
  { lo: 36, hi: 60, group: '3-5', label: { 'zh-CN': '3至5年', en: '3 to 5 years' } },
  { lo: 60, hi: 120, group: '5-10', label: { 'zh-CN': '5至10年', en: '5 to 10 years' } },
  { lo: 120, hi: null, group: '10+', label: { 'zh-CN': '10年以上', en: '10 years and more' } },
];

interface Range {
  lo: number;
  hi: number | null;
}

/** The ways in which a change of the rules is told: life stages are those of segments.json. */
export function bandsOf(files: PolicyFiles, branches: ReadonlyMap<string, Label>) {
  const family = files.metrics.metrics.find(({ id }) => id === 'family_status');
  const labels = family?.valueLabels as Record<string, Label> | undefined;
  const names = [...branches].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    branch: byValue('branch', new Map(names)),
    ageBand: byRange('age_years', stages(files)),
    yearsWithBank: byRange('relationship_months', YEARS),
    familyStatus: byValue(
      'family_status',
      new Map((family?.values ?? []).map((value) => [value, labels?.[value] ?? nameless(value)])),
    ),
  };
}

/** Life stages by age, and who is too young for the first. */
function stages({ segments: { lifeStages } }: PolicyFiles): (Range & GroupId)[] {
  const own = lifeStages.map(({ id, age: [lo, hi], label }) => ({ lo, hi, group: id, label }));
  const first = own[0]?.lo ?? 0;
  if (first === 0) return own;
  const label = { 'zh-CN': `不满${first}岁`, en: `under ${first}` };
  return [{ lo: 0, hi: first, group: `<${first}`, label }, ...own];
}

function byRange(metric: string, ranges: readonly (Range & GroupId)[]): Banding {
  return {
    groupOf: (facts) => {
      const value = facts[metric];
      if (typeof value !== 'number') return UNKNOWN;
      const range = ranges.find(({ lo, hi }) => value >= lo && value < (hi ?? Infinity));
      return range?.group ?? UNKNOWN;
    },
    inOrder: (groups) => ordered(groups, ranges),
  };
}

function byValue(name: string, labels: ReadonlyMap<string, Label>): Banding {
  return {
    groupOf: (facts) => {
      const value = facts[name];
      return typeof value === 'string' ? value : UNKNOWN;
    },
    inOrder: (groups) => {
      const others = groups.filter((group) => group !== UNKNOWN && !labels.has(group)).sort();
      return ordered(groups, [
        ...[...labels].map(([group, label]) => ({ group, label })),
        ...others.map((group) => ({ group, label: nameless(group) })),
      ]);
    },
  };
}

function ordered(groups: readonly string[], known: readonly GroupId[]): GroupId[] {
  return [...known, { group: UNKNOWN, label: UNKNOWN_LABEL }]
    .filter(({ group }) => groups.includes(group))
    .map(({ group, label }) => ({ group, label: { 'zh-CN': label['zh-CN'], en: label.en } }));
}

function nameless(value: string): Label {
  return { 'zh-CN': value, en: value };
}
