import { assessmentOf, compilePolicy, entitlementOf } from '@liyu/engine';
import type { Customer, Doc, Survey } from '@liyu/model';
import type { Policy } from '@liyu/policy';
import { addDays, firstOfMonth } from './calendar.js';
import { careEventsOf } from './care.js';
import { AVERAGE, PEOPLE } from './people.js';
import type { Person } from './people.js';
import { zhEn } from './bank.js';

export interface SampleDocument {
  scope: string;
  coll: string;
  doc: Doc;
}

export interface SampleMetrics {
  customer: string;
  asOf: string;
  metrics: Readonly<Record<string, number | boolean | string | null>>;
}

/** Metrics of the thirteen customers at the end of the month before `today` (ISO date). */
export function sampleMetrics(today: string): SampleMetrics[] {
  const asOf = addDays(firstOfMonth(today), -1);
  return PEOPLE.map((person) => ({ customer: person.id, asOf, metrics: metricsOf(person) }));
}

/** Every record of the thirteen customers on `today`, graded by the engine under `policy`. */
export function sampleDocuments(policy: Policy, today: string): SampleDocument[] {
  const grader = compilePolicy(policy.files);
  const asOf = addDays(firstOfMonth(today), -1);
  const assessedOn = firstOfMonth(today);
  return PEOPLE.flatMap((person) => {
    const grade = grader.grade(metricsOf(person));
    const standing = {
      customer: person.id,
      assessedOn,
      asOf,
      held: grade.rung,
      since: firstOfMonth(today, -person.heldMonths),
      status: 'KEEP' as const,
      failStreak: 0,
    };
    const surveys = surveysOf(person, today);
    const used = new Map(Object.entries(person.used));
    const records: [coll: string, docs: object[]][] = [
      ['customers', [customerOf(policy, person, today)]],
      ['assessments', [assessmentOf(policy, grade, standing)]],
      ['entitlements', [entitlementOf(policy, grade, standing, new Set(person.consents), used)]],
      ['surveys', surveys],
      ['careEvents', careEventsOf(policy, person, surveys, today)],
    ];
    return records.flatMap(([coll, docs]) =>
      docs.map((doc) => ({ scope: `c:${person.id}`, coll, doc: doc as Doc })),
    );
  });
}

function metricsOf(person: Person) {
  return { ...AVERAGE, relationship_months: person.months, ...person.metrics };
}

function customerOf(policy: Policy, person: Person, today: string): Customer {
  const channel = policy.files['care-playbook'].channelLabels[person.prefers];
  return {
    id: person.id,
    rev: 0,
    asOf: addDays(today, -1),
    name: person.name,
    phone: person.phone,
    locale: 'zh-CN',
    since: addDays(firstOfMonth(today, -person.months), 11),
    branch: person.branch,
    clientManager: person.clientManager,
    careManager: person.careManager,
    preferences: { channel: channel ? { 'zh-CN': channel['zh-CN'], en: channel.en } : null },
  };
}

const ASKED: Readonly<Record<string, string>> = {
  'c-9f31': 'CSAT-ONBOARD',
  'c-c815': 'NPS-REL',
  'c-04ad': 'CES-DIGITAL',
  'c-77e2': 'NPS-REL',
  'c-e640': 'CSAT-CHAT',
  'c-b2f7': 'NPS-REL',
};

/** One open invitation for most, none for the LARGE-3 customer. */
function surveysOf(person: Person, today: string): Survey[] {
  if (person.id === 'c-6a05') return [];
  const template = ASKED[person.id] ?? 'CSAT-BRANCH';
  const { name } = person.branch;
  const subject =
    template === 'CSAT-BRANCH'
      ? zhEn(`${name['zh-CN']}，网点服务`, `${name.en}, branch service`)
      : null;
  return [
    {
      id: `${person.id}-s1`,
      rev: 0,
      customer: person.id,
      template,
      subject,
      on: addDays(today, -4),
      expiresOn: addDays(today, 26),
      state: 'invited',
      answers: null,
      callBack: false,
      submittedAt: null,
      receivedAt: null,
      receipt: null,
    },
  ];
}
