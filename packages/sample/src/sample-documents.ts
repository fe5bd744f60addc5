import { assessmentOf, compilePolicy, entitlementOf } from '@liyu/engine';
import { maskBirthday, maskName, maskPhone } from '@liyu/model';
import type { Assessment, Customer, Doc, Entitlement } from '@liyu/model';
import type { Policy } from '@liyu/policy';
import { firstOfMonth } from './calendar.js';
import type { Metrics } from './metrics-of.js';
import { sampleBank } from './sample-bank.js';
import type { SampleBank, SamplePerson } from './sample-bank.js';
import { BRANCHES, STAFF, zhEn } from './bank.js';
import { NAMED, metricsOfNamed } from './named-people.js';

export interface SampleDocument {
  scope: string;
  coll: string;
  doc: Doc;
}

export interface SampleMetrics {
  customer: string;
  asOf: string;
  metrics: Metrics;
}

const KEPT = ['surveys', 'careEvents'];

/** Metrics of the thirteen named customers at the end of the month before `today` (ISO date). */
export function sampleMetrics(today: string): SampleMetrics[] {
  const asOf = new Date(Date.parse(firstOfMonth(today)) - 86_400_000).toISOString().slice(0, 10);
  return NAMED.map((person) => ({ customer: person.id, asOf, metrics: metricsOfNamed(person) }));
}

/**
 * What the thirteen named customers see of five collections on `today`: of the bank, as the server
 * derives it. The server does this from the rows; this is for a page without one.
 */
export function sampleDocuments(policy: Policy, today: string): SampleDocument[] {
  const bank = sampleBank({ policy, today, size: NAMED.length });
  const grader = compilePolicy(policy.files);
  return [...bank.people()].flatMap((person) => {
    const of = <T>(coll: string) =>
      person.documents.filter((item) => item.coll === coll).map((item) => item.doc as T & Doc);
    const [before] = of<Assessment>('assessments');
    const [entitled] = of<Entitlement>('entitlements');
    const { customer, asOf, metrics } = person.metrics;
    const grade = grader.grade(metrics);
    const standing = {
      customer,
      assessedOn: firstOfMonth(today),
      asOf,
      held: grade.rung,
      since: before!.since,
      status: 'KEEP' as const,
      failStreak: 0,
    };
    const used = new Map(entitled!.benefits.map((item) => [item.benefit, item.used]));
    const consents = new Set(person.customer.consents);
    const records: [coll: string, docs: readonly object[]][] = [
      ['customers', [customerOf(policy, person)]],
      ['assessments', [assessmentOf(policy, grade, standing)]],
      ['entitlements', [entitlementOf(policy, grade, standing, consents, used)]],
      ...KEPT.map((coll): [string, Doc[]] => [coll, of(coll)]),
    ];
    return records.flatMap(([coll, docs]) =>
      docs.map((doc) => ({ scope: `c:${customer}`, coll, doc: doc as Doc })),
    );
  });
}

function customerOf(policy: Policy, { customer: row }: SamplePerson): Customer {
  const label = policy.files['care-playbook'].channelLabels[row.channel ?? ''];
  const branch = Object.values(BRANCHES).find((item) => item.branch === row.branch)!;
  const has = (purpose: string) => row.consents.includes(purpose);
  return {
    id: row.customer,
    rev: 0,
    asOf: row.as_of,
    name: row.name === null ? null : maskName(row.name),
    phone: row.phone === null ? null : maskPhone(row.phone),
    birthday: row.birthday === null ? null : maskBirthday(row.birthday),
    birthdayCalendar: row.birthday_calendar,
    locale: row.locale,
    since: row.since,
    branch: {
      id: branch.branch,
      name: zhEn(branch.name, branch.name_en),
      personalBanker: branch.personal_banker,
    },
    clientManager: staffOf(row.client_manager),
    careManager: staffOf(row.care_manager),
    preferences: {
      channel: row.channel,
      channelLabel: label === undefined ? null : zhEn(label['zh-CN'], label.en),
      contactTime: null,
      care: has('CARE'),
      surveys: has('SURVEY'),
      personalised: has('MARKETING'),
    },
    tier: null,
  };
}

function staffOf(id: string | null): Customer['clientManager'] {
  const found = (Object.values(STAFF) as SampleBank['managers']).find((one) => one.manager === id);
  return found === undefined ? null : { id: found.manager, name: found.name, phone: found.phone };
}
