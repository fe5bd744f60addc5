import type { CareEvent, Survey } from '@liyu/model';
import { invitationId } from '@liyu/model';
import { onDuty, zhEn } from './bank.js';
import type { Words } from './bank.js';
import { lunarDay } from './lunar-year.js';
import type { Person, Setting } from './person.js';
import { ruleOf } from './playbook.js';

/** What makes an event of care; what is left out follows from the rule. */
export interface CareEntry extends Pick<CareEvent, 'kind' | 'on' | 'state'> {
  /** Rule of care-playbook.json. */
  rule: string | null;
  /** What tells events of one rule apart. */
  occurrence: string;
  /** Whether its day is kept by the lunar calendar. */
  lunar?: boolean;
  title?: Words;
  note?: Words;
  owner?: string;
  ownerName?: string | null;
  channel?: string | null;
}

export function careEventOf({ policy }: Setting, person: Person, entry: CareEntry): CareEvent {
  const file = policy.files['care-playbook'];
  const rule = entry.rule === null ? null : ruleOf(file, entry.rule);
  const owner = entry.owner ?? rule?.owner ?? 'SYSTEM';
  const channel =
    entry.channel === undefined ? channelOf(person, rule?.channels) : (entry.channel ?? undefined);
  const named = {
    CLIENT_MANAGER: person.clientManager.name,
    CARE_MANAGER: person.careManager.name,
    LOBBY_MANAGER: onDuty('lobby', person.branch.branch).name,
  };
  return {
    id: `${person.id}:${entry.rule ?? 'own'}:${entry.occurrence}`,
    rev: 0,
    customer: person.id,
    rule: entry.rule,
    kind: entry.kind,
    on: entry.on,
    lunar: entry.lunar === true ? lunarDay(entry.on) : null,
    title: entry.title ?? words(rule?.label),
    note: entry.note ?? null,
    state: entry.state,
    owner: words(file.owners[owner]),
    ownerName:
      entry.ownerName !== undefined
        ? entry.ownerName
        : (named[owner as keyof typeof named] ?? null),
    channel: channel === undefined ? null : words(file.channelLabels[channel]),
    survey: null,
  };
}

/** The entry in the timeline that invites to a survey. */
export function invitationOf({ policy, today }: Setting, survey: Survey): CareEvent {
  const file = policy.files['care-playbook'];
  const template = policy.files.surveys.templates.find((item) => item.id === survey.template);
  const label = words(template?.label);
  const over = survey.expiresOn !== null && survey.expiresOn < today;
  const states = {
    submitted: 'done',
    declined: 'cancelled',
    invited: over ? 'cancelled' : 'invited',
  };
  return {
    id: invitationId(survey),
    rev: 0,
    customer: survey.customer,
    rule: 'C-SURVEY',
    kind: 'SURVEY',
    on: survey.on,
    title: zhEn(`邀请您评价：${label['zh-CN']}`, `Please rate: ${label.en}`),
    note: survey.subject,
    state: states[survey.state] as CareEvent['state'],
    owner: words(file.owners.SYSTEM),
    ownerName: null,
    channel: words(file.channelLabels.APP),
    survey: survey.id,
  };
}

/** The preferred channel where the rule allows it, else the rule's first. The named people keep the first. */
function channelOf(
  { named, channel }: Person,
  channels: readonly string[] = [],
): string | undefined {
  return named === null && channel !== null && channels.includes(channel) ? channel : channels[0];
}

function words(label: { 'zh-CN': string; en: string } | undefined): Words {
  return zhEn(label?.['zh-CN'] ?? '', label?.en ?? '');
}
