import type { ArchiveEntry, Assessment, CareEvent, Case, Survey } from '@liyu/model';
import { careEventOf, invitationOf } from './care-event-of.js';
import type { CareEntry } from './care-event-of.js';
import { addDays } from './calendar.js';
import { zhEn } from './bank.js';
import type { Words } from './bank.js';
import type { EventRow } from './events.js';
import { AHEAD, PAST } from './festivals.js';
import { birthdayEntries, festivalEntries } from './greetings.js';
import type { HoldingRow } from './holdings-of.js';
import { monthlyAssessment, namedCare } from './named-care.js';
import type { Person, Setting } from './person.js';
import type { Points } from './points-of.js';
import { isLowSurvey } from './surveys-of.js';

/** What contacts are called to the customer; the labels of the rules are made for staff. */
const TITLES: Readonly<Record<string, Words>> = {
  'C-VISIT': zhEn('客户经理回访', 'Your client manager gets in touch'),
  'C-KNOW': zhEn('金融知识：识别冒充客服的来电', 'Good to know: callers who pose as the bank'),
  'C-NEWACCT': zhEn('开户后电话回访', 'Call after opening your account'),
  'C-NEW-30': zhEn('开户满月问候', 'A month with us: how is it going?'),
  'C-HANDOVER': zhEn('新客户经理向您介绍', 'Your new client manager introduces themselves'),
  'C-LIFE': zhEn('人生新阶段的建议', 'Advice for a new stage of life'),
  'C-COMP': zhEn('等候超时补偿', 'Apology for a long wait'),
};
const RECEIVED = zhEn('投诉已收到', 'Complaint received');
const CLOSED = zhEn('投诉已办结', 'Complaint closed');
const CALLED = zhEn('就您的评价致电了解', 'A call about what you told us');
const REMINDED = zhEn('定期存款即将到期', 'Your time deposit matures soon');
const MATURED = zhEn(
  '定期存款到期，致电询问是否转存',
  'Deposit matures: a call to ask about renewal',
);

/** Records that care follows from. */
export interface Occasions {
  assessment: Assessment | null;
  holdings: readonly HoldingRow[];
  surveys: readonly Survey[];
  cases: readonly Case[];
  archive: readonly ArchiveEntry[];
  events: readonly EventRow[];
  expiring: Points['expiring'];
}

/** The timeline: what the bank did for a customer of late, and plans for the next weeks. */
export function careOf(setting: Setting, person: Person, occasions: Occasions): CareEvent[] {
  const entries =
    person.named !== null
      ? namedCare(setting, person)
      : [
          ...greetings(setting, person),
          monthlyAssessment(setting.today),
          ...contacts(setting, person, occasions),
          ...ofHoldings(setting, occasions.holdings),
          ...ofRecords(setting, occasions),
        ];
  return [
    ...entries.map((entry) => careEventOf(setting, person, entry)),
    ...occasions.surveys.map((survey) => invitationOf(setting, survey)),
  ];
}

function greetings(setting: Setting, person: Person): CareEntry[] {
  if (!person.consents.includes('CARE')) return [];
  return [
    ...festivalEntries(setting, addDays(person.since, 1)),
    ...birthdayEntries(setting, person),
  ];
}

/** Calls and visits: for VIP and LARGE monthly, for others now and then, for new customers a welcome. */
function contacts({ today }: Setting, person: Person, { archive, events }: Occasions): CareEntry[] {
  const random = person.random('contacts');
  const entries: CareEntry[] = [];
  const add = (rule: string, on: string, kind: CareEntry['kind'] = 'CONTACT') => {
    if (on <= person.since || on > addDays(today, AHEAD) || on < addDays(today, -PAST)) return;
    const state = on < today ? 'done' : 'planned';
    entries.push({ rule, occurrence: on, kind, on, state, title: TITLES[rule]! });
  };
  const key = person.grade.class === 'VIP' || person.grade.class === 'LARGE';
  if (random.chance(key ? 92 : 34))
    add('C-VISIT', addDays(today, -random.between(4, key ? 33 : 90)));
  if (random.chance(key ? 64 : 13))
    add('C-VISIT', addDays(today, random.between(0, key ? 26 : 44)));
  if (person.consents.includes('MARKETING'))
    add('C-KNOW', addDays(today, -random.between(3, 30)), 'CARE');
  add('C-NEWACCT', addDays(person.since, 1));
  add('C-NEW-30', addDays(person.since, 30), 'CARE');
  for (const { kind, on } of archive) {
    if (kind === 'HANDOVER') add('C-HANDOVER', addDays(on, 2));
    if (kind === 'LIFE_EVENT') add('C-LIFE', addDays(on, 1));
  }
  for (const { type, on_date } of events) {
    if (type === 'WAIT_EXCEEDED') add('C-COMP', on_date, 'CARE');
  }
  return entries;
}

/** Reminders of deposits that mature and don't renew by themselves; unknown counts as no. */
function ofHoldings({ today }: Setting, holdings: readonly HoldingRow[]): CareEntry[] {
  return holdings.flatMap(({ id, kind, name, name_en, matures, auto_renew }): CareEntry[] => {
    if (kind !== 'DEPOSIT' || matures === null || auto_renew === true) return [];
    if (matures > addDays(today, AHEAD)) return [];
    const note = zhEn(name, name_en ?? name);
    const reminder = addDays(matures, -7);
    const of = { occurrence: `${id}:${matures}`, note };
    const state = reminder < today ? 'done' : 'planned';
    return [
      { rule: 'C-MATURITY-7', kind: 'CARE', on: reminder, state, title: REMINDED, ...of },
      {
        rule: 'C-MATURITY-0',
        kind: 'CONTACT',
        on: matures,
        state: 'planned',
        title: MATURED,
        ...of,
      },
    ];
  });
}

/** What a watched rung, points about to expire, complaints and low scores lead to. */
function ofRecords(setting: Setting, occasions: Occasions): CareEntry[] {
  const { today } = setting;
  const { assessment, expiring, cases, surveys } = occasions;
  const entries: CareEntry[] = [];
  const add = (entry: Omit<CareEntry, 'state'>) =>
    entries.push({ ...entry, state: entry.on < today ? 'done' : 'planned' });
  if (assessment?.status === 'WATCH') {
    const on = assessment.assessedOn;
    add({ rule: 'C-WATCH', occurrence: on.slice(0, 7), kind: 'CARE', on });
  }
  if (expiring !== null) {
    const { points, on } = expiring;
    const note = zhEn(
      `${String(points)}积分可用至${on}`,
      `${String(points)} points can be used until ${on}`,
    );
    add({ rule: 'C-PTS-EXP', occurrence: on, kind: 'CARE', on: addDays(on, -60), note });
  }
  for (const { id, kind, receivedAt, receipt, steps } of cases) {
    if (kind !== 'complaint' || receivedAt === null) continue;
    const of = { occurrence: id, kind: 'COMPLAINT' } as const;
    const note = zhEn(`编号 ${receipt!}`, `Number ${receipt!}`);
    const on = receivedAt.slice(0, 10);
    add({ rule: 'C-COMPLAINT-ACK', ...of, on, title: RECEIVED, note });
    const closed = steps.find(({ state }) => state === 'CLOSED')?.at.slice(0, 10);
    if (closed !== undefined) {
      add({ rule: 'C-COMPLAINT-DONE', ...of, on: closed, title: CLOSED, note });
    }
  }
  for (const survey of surveys) {
    if (!isLowSurvey(setting, survey)) continue;
    const on = addDays(survey.receivedAt!.slice(0, 10), 1);
    add({ rule: 'C-DETRACTOR', occurrence: survey.id, kind: 'CONTACT', on, title: CALLED });
  }
  return entries;
}
