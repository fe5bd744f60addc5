import type { ArchiveEntry, Case, Survey } from '@liyu/model';
import { addDays } from './calendar.js';
import type { EventRow } from './events.js';
import type { Person, Setting } from './person.js';
import { purchasesOf } from './purchases-of.js';
import { moveFor } from './quotas.js';
import { isLowSurvey } from './surveys-of.js';

const OF_ARCHIVE: Readonly<Partial<Record<ArchiveEntry['kind'], string>>> = {
  NEED: 'NEED_NOTED',
  HANDOVER: 'MANAGER_CHANGED',
  LIFE_EVENT: 'LIFE_EVENT',
};

/** What happened to a customer in the year before today, in order of the days. */
export function eventsOf(
  setting: Setting,
  person: Person,
  records: {
    surveys: readonly Survey[];
    cases: readonly Case[];
    archive: readonly ArchiveEntry[];
  },
): EventRow[] {
  const { today } = setting;
  const random = person.random('events');
  const yearAgo = addDays(today, -365);
  const events: EventRow[] = [];
  const numbers = new Map<string, number>();
  const add = (type: string, on_date: string, body: EventRow['body'] = {}) => {
    if (on_date < person.since || on_date < yearAgo || on_date >= today) return;
    const number = (numbers.get(type) ?? 0) + 1;
    numbers.set(type, number);
    const id = `${type.toLowerCase().replaceAll('_', '-')}-${String(number)}`;
    events.push({ customer: person.id, id, type, on_date, body });
  };
  const ago = (from: number, to: number) => addDays(today, -random.between(from, to));

  add('ACCOUNT_OPENED', person.since, { product: 'DEMAND' });
  for (let i = random.skewed(0, person.age >= 55 ? 4 : 2, 1); i > 0; i--) {
    add('BRANCH_VISIT', ago(1, 360), { branch: person.branch.branch });
  }
  if (random.chance(2.5)) add('REFERRAL_QUALIFIED', ago(10, 350));
  if (random.chance(3)) add('WAIT_EXCEEDED', ago(1, 60), { minutes: random.between(31, 55) });
  if (random.chance(10)) {
    add('DEPOSIT_MATURITY', ago(20, 340), { renewed: random.chance(70) });
  }
  if (person.named === null && moveFor(person.n) === 'UPGRADE') {
    const fen = Math.floor(((person.metrics.deposit_avg_3m_fen as number | null) ?? 0) / 2);
    add('BALANCE_CHANGE', ago(25, 55), { fen, ratioBp: 10_000 });
  }
  for (const survey of records.surveys) {
    if (survey.state !== 'submitted') continue;
    const on = survey.receivedAt!.slice(0, 10);
    add('SURVEY_DONE', on, { survey: survey.id, template: survey.template });
    if (isLowSurvey(setting, survey)) add('SURVEY_LOW', on, { survey: survey.id });
  }
  for (const { id, kind, topic, receivedAt, steps } of records.cases) {
    if (kind !== 'complaint' || receivedAt === null) continue;
    add('COMPLAINT_OPENED', receivedAt.slice(0, 10), { case: id, topic });
    const closed = steps.find(({ state }) => state === 'CLOSED');
    if (closed !== undefined) add('COMPLAINT_CLOSED', closed.at.slice(0, 10), { case: id, topic });
  }
  for (const { kind, on, id } of records.archive) {
    const type = OF_ARCHIVE[kind];
    if (type !== undefined) add(type, on, { archive: id });
  }
  return [...purchasesOf(setting, person), ...events].sort((a, b) =>
    a.on_date < b.on_date ? -1 : a.on_date > b.on_date ? 1 : 0,
  );
}
