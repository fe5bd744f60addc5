import type { ArchiveEntry, Assessment, CareEvent, Case, Survey } from '@liyu/model';
import { careEventOf, invitationOf } from './care-event-of.js';
import type { CareEntry } from './care-event-of.js';
import { addDays } from './calendar.js';
import { zhEn } from './bank.js';
import { AHEAD, PAST, birthdayEntries, festivalEntries } from './greetings.js';
import type { HoldingRow } from './holdings-of.js';
import { monthlyAssessment, namedCare } from './named-care.js';
import type { Person, Setting } from './person.js';
import type { Points } from './points-of.js';
import { isLowSurvey } from './surveys-of.js';

/** Records that care follows from. */
export interface Occasions {
  assessment: Assessment | null;
  holdings: readonly HoldingRow[];
  surveys: readonly Survey[];
  cases: readonly Case[];
  archive: readonly ArchiveEntry[];
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
function contacts({ today }: Setting, person: Person, { archive }: Occasions): CareEntry[] {
  const random = person.random('contacts');
  const entries: CareEntry[] = [];
  const add = (rule: string, on: string, kind: CareEntry['kind'] = 'CONTACT') => {
    if (on <= person.since || on > addDays(today, AHEAD) || on < addDays(today, -PAST)) return;
    entries.push({ rule, occurrence: on, kind, on, state: on < today ? 'done' : 'planned' });
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
  if (random.chance(3)) {
    add('C-COMP', addDays(today, -random.between(1, 60)), 'CARE');
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
    return [
      {
        rule: 'C-MATURITY-7',
        kind: 'CARE',
        on: reminder,
        state: reminder < today ? 'done' : 'planned',
        ...of,
      },
      { rule: 'C-MATURITY-0', kind: 'CONTACT', on: matures, state: 'planned', ...of },
    ];
  });
}

/** What a watched rung, points about to expire, complaints and low scores lead to. */
function ofRecords(setting: Setting, occasions: Occasions): CareEntry[] {
  const { today } = setting;
  const { assessment, expiring, cases, surveys } = occasions;
  const entries: CareEntry[] = [];
  const add = (
    rule: string,
    occurrence: string,
    kind: CareEntry['kind'],
    on: string,
    note?: CareEntry['note'],
  ) =>
    entries.push({
      rule,
      occurrence,
      kind,
      on,
      state: on < today ? 'done' : 'planned',
      ...(note !== undefined && { note }),
    });
  if (assessment?.status === 'WATCH') {
    add('C-WATCH', assessment.assessedOn.slice(0, 7), 'CARE', assessment.assessedOn);
  }
  if (expiring !== null) {
    const note = zhEn(
      `${String(expiring.points)}积分可用至${expiring.on}`,
      `${String(expiring.points)} points can be used until ${expiring.on}`,
    );
    add('C-PTS-EXP', expiring.on, 'CARE', addDays(expiring.on, -60), note);
  }
  for (const { id, kind, receivedAt, receipt, steps } of cases) {
    if (kind !== 'complaint' || receivedAt === null) continue;
    const note = zhEn(`编号 ${receipt!}`, `Number ${receipt!}`);
    add('C-COMPLAINT-ACK', id, 'COMPLAINT', receivedAt.slice(0, 10), note);
    const closed = steps.find(({ state }) => state === 'CLOSED');
    if (closed !== undefined)
      add('C-COMPLAINT-DONE', id, 'COMPLAINT', closed.at.slice(0, 10), note);
  }
  for (const survey of surveys) {
    if (!isLowSurvey(setting, survey)) continue;
    add('C-DETRACTOR', survey.id, 'CONTACT', addDays(survey.receivedAt!.slice(0, 10), 1));
  }
  return entries;
}
