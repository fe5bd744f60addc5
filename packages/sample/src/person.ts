import { compileEntitlements, compilePolicy } from '@liyu/engine';
import type { Entitle, Grade, Grader } from '@liyu/engine';
import type { Policy } from '@liyu/policy';
import { PROFILES } from './assets.js';
import { BRANCHES, onDuty } from './bank.js';
import type { BranchRow, ManagerRow } from './bank.js';
import { ageOn, birthdayOf } from './birthdays.js';
import { addDays, addMonths, endOfMonth, firstOfMonth, monthsBetween } from './calendar.js';
import { festivalsAround } from './festivals.js';
import type { Festival } from './festivals.js';
import { metricsOf } from './metrics-of.js';
import type { Metrics } from './metrics-of.js';
import { NAMED, metricsOfNamed } from './named-people.js';
import type { NamedPerson } from './named-people.js';
import { nameOf, phoneOf } from './names.js';
import type { Gender } from './names.js';
import type { ProductId } from './products.js';
import { oneIn, rungFor, troubleFor } from './quotas.js';
import { Random } from './random.js';

/** What everything about a customer is drawn from. */
export interface Setting {
  policy: Policy;
  grader: Grader;
  entitle: Entitle;
  /** ISO date in Asia/Shanghai. */
  today: string;
  /** Date of the metrics: the end of the month before today. */
  asOf: string;
  /** First of the month of today. */
  assessedOn: string;
  seed: number;
  /** Greeted festivals around today. */
  festivals: readonly Festival[];
}

export function settingOf(policy: Policy, today: string, seed: number): Setting {
  return {
    policy,
    grader: compilePolicy(policy.files),
    entitle: compileEntitlements(policy.files),
    today,
    asOf: endOfMonth(today, -1),
    assessedOn: firstOfMonth(today),
    seed,
    festivals: festivalsAround(policy.files['care-playbook'], today),
  };
}

/** A customer, before any record is made. */
export interface Person {
  n: number;
  id: string;
  /** Where one of the thirteen that the demo is told by. */
  named: NamedPerson | null;
  gender: Gender;
  name: string;
  phone: string | null;
  birthday: string | null;
  calendar: 'solar' | 'lunar' | null;
  age: number;
  locale: 'zh-CN' | 'en';
  since: string;
  branch: BranchRow;
  clientManager: ManagerRow;
  careManager: ManagerRow;
  /** Code of care-playbook.channels. */
  channel: string | null;
  consents: readonly string[];
  metrics: Metrics;
  products: readonly ProductId[];
  /** Of `metrics`, by the variant that the consents ask for. */
  grade: Grade;
  random(topic: string): Random;
}

/** How often metrics are drawn anew until they grade to the rung that is wanted. */
const TRIES = 40;

const LADDER_START = 13;

/** Customer `n`, from 0; the same whatever the size of the bank. */
export function personOf(setting: Setting, n: number): Person {
  const named = NAMED[n];
  return named === undefined ? generated(setting, n) : fromNamed(setting, named, n);
}

/** The grade that decides: without consent to the use of occupation and education, the neutral one. */
export function gradeOf(setting: Setting, metrics: Metrics, consents: readonly string[]): Grade {
  return setting.grader.grade(metrics, { variant: variantOf(consents) ?? undefined });
}

export function variantOf(consents: readonly string[]): 'neutral' | null {
  return consents.includes('PROFILE_OCCUPATION') ? null : 'neutral';
}

function fromNamed(setting: Setting, named: NamedPerson, n: number): Person {
  const { today, asOf, seed } = setting;
  const metrics = metricsOfNamed(named);
  const age = metrics.age_years as number;
  const year = Number(asOf.slice(0, 4)) - age - (named.birthday > asOf.slice(5) ? 1 : 0);
  return {
    n,
    id: named.id,
    named,
    gender: named.gender,
    name: named.name,
    phone: named.phone,
    birthday: `${year}-${named.birthday}`,
    calendar: named.calendar,
    age,
    locale: 'zh-CN',
    since: addDays(firstOfMonth(today, -named.months), 11),
    branch: named.branch,
    clientManager: named.clientManager,
    careManager: named.careManager,
    channel: named.prefers,
    consents: named.consents,
    metrics,
    products: named.products,
    grade: gradeOf(setting, metrics, named.consents),
    random: (topic) => new Random(seed, n, topic),
  };
}

function generated(setting: Setting, n: number): Person {
  const { asOf, seed } = setting;
  const random = (topic: string) => new Random(seed, n, topic);
  const draw = random('person');
  const rung = rungFor(n - LADDER_START);
  const age = draw.between(...PROFILES[rung]!.age);
  const gender: Gender = draw.chance(51) ? 'female' : 'male';
  const { birthday, calendar } = birthdayOf(draw, age, asOf);
  const { name, latin } = nameOf(draw, gender, Number(birthday.slice(0, 4)));
  const since = sinceOf(draw, rung, age, asOf);
  const branch = draw.weighted(SHARES);
  const ageKnown = !oneIn(n, 43, 5);
  const consents = consentsOf(draw, n);
  const life = {
    rung,
    trouble: troubleFor(n),
    age: ageOn(birthday, asOf),
    gender,
    months: monthsBetween(since, asOf),
    ageKnown,
  };
  return {
    n,
    id: `c-${String(100_000 + n)}`,
    named: null,
    gender,
    name,
    phone: draw.chance(98) ? phoneOf(n) : null,
    birthday: ageKnown ? birthday : null,
    calendar: ageKnown ? calendar : null,
    age: life.age,
    locale: latin ? 'en' : 'zh-CN',
    since,
    branch,
    clientManager: onDuty('client-manager', branch.branch),
    careManager: onDuty('care-manager', branch.branch),
    channel: channelOf(draw, age),
    consents,
    ...standingFor(setting, random('metrics'), life, consents),
    random,
  };
}

/** Draws metrics until they grade to the rung; a knock-out may well keep them from it. */
function standingFor(
  setting: Setting,
  random: Random,
  life: Parameters<typeof metricsOf>[1],
  consents: readonly string[],
): Pick<Person, 'metrics' | 'products' | 'grade'> {
  let drawn = metricsOf(random, life);
  let grade = gradeOf(setting, drawn.metrics, consents);
  const hopeless = life.trouble !== null && life.rung.startsWith('QUALITY');
  for (let i = 1; i < TRIES && grade.rung !== life.rung && !hopeless; i++) {
    drawn = metricsOf(random, life);
    grade = gradeOf(setting, drawn.metrics, consents);
  }
  return { ...drawn, grade };
}

const SHARES = [
  [BRANCHES.binjiang, 34],
  [BRANCHES.gulou, 29],
  [BRANCHES.kechuang, 21],
  [BRANCHES.wangchao, 16],
] as const;

/** New customers came in the past six months, others at 18 or later. */
function sinceOf(random: Random, rung: string, age: number, asOf: string): string {
  if (rung === 'NEW') return addDays(asOf, -random.between(1, 180));
  const most = Math.max(8, Math.min((age - 17) * 12, 300));
  const solid = rung.startsWith('QUALITY') || rung.startsWith('LARGE');
  const least = solid ? Math.min(30, most) : 6;
  const months = solid ? random.between(least, most) : random.skewed(least, most, 1);
  return addDays(addMonths(asOf, -months), -random.between(1, 27));
}

function consentsOf(random: Random, n: number): string[] {
  return [
    'SERVICE',
    ...(oneIn(n, 97, 9) ? [] : ['TIERING']),
    ...(random.chance(93) ? ['CARE'] : []),
    ...(random.chance(62) ? ['MARKETING'] : []),
    ...(random.chance(82) ? ['SURVEY'] : []),
    ...(random.chance(34) ? ['INSURANCE_SHARE'] : []),
    ...(random.chance(86) ? ['PROFILE_OCCUPATION'] : []),
  ];
}

function channelOf(random: Random, age: number): string | null {
  if (random.chance(7)) return null;
  return age >= 60
    ? random.weighted([
        ['PHONE', 5],
        ['SMS', 3],
        ['APP', 2],
        ['IN_PERSON', 2],
      ] as const)
    : random.weighted([
        ['APP', 6],
        ['WECHAT', 4],
        ['SMS', 2],
        ['PHONE', 1],
        ['EMAIL', 1],
      ] as const);
}
