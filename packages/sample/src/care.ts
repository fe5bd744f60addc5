import type { CareEvent, Survey } from '@liyu/model';
import { invitationId } from '@liyu/model';
import type { Policy, PolicyFiles } from '@liyu/policy';
import { addDays, festivalDates, firstOfMonth } from './calendar.js';
import { zhEn } from './bank.js';
import type { Person } from './people.js';

const GREETED = [
  'C-FEST-SPRING',
  'C-FEST-DRAGON',
  'C-FEST-MIDAUTUMN',
  'C-FEST-NATIONAL',
  'C-FEST-NEWYEAR',
];

type Words = Record<'zh-CN' | 'en', string>;
type Entry = Pick<CareEvent, 'kind' | 'on' | 'state'> & {
  rule: string | null;
  occurrence: string;
  title?: Words;
  note?: Words;
  owner?: string;
  ownerName?: string | null;
  channel?: string | null;
};

/** What the bank did for a person in the past half year and plans for the next weeks. */
export function careEventsOf(
  policy: Policy,
  person: Person,
  surveys: readonly Survey[],
  today: string,
): CareEvent[] {
  const file = policy.files['care-playbook'];
  const from = addDays(today, -Math.min(200, person.months * 30));
  const entries: Entry[] = [];
  for (const id of GREETED) {
    const trigger = ruleOf(file, id).trigger as { festival: string };
    for (const on of festivalDates(trigger.festival, from, addDays(today, 45))) {
      entries.push({
        rule: id,
        occurrence: on,
        kind: 'CARE',
        on,
        state: on < today ? 'done' : 'planned',
      });
    }
  }
  entries.push({
    rule: null,
    occurrence: 'assessment',
    kind: 'CARE',
    on: firstOfMonth(today, 1),
    state: 'planned',
    title: zhEn('月度等级评定', 'Monthly assessment of your level'),
    note: zhEn('依据月末的数据', 'From the data at the end of the month'),
    owner: 'SYSTEM',
    ownerName: null,
    channel: null,
  });
  if (person.months < 6) {
    entries.push({
      rule: 'C-NEWACCT',
      occurrence: '1',
      kind: 'CONTACT',
      on: addDays(today, -person.months * 30 + 1),
      state: 'done',
      title: zhEn('开户后电话回访', 'Call after opening your account'),
    });
  } else {
    entries.push(
      {
        rule: 'C-VISIT',
        occurrence: '1',
        kind: 'CONTACT',
        on: addDays(today, -38),
        state: 'done',
        title: zhEn('客户经理电话回访', 'Call from your client manager'),
        note: zhEn(
          '了解近期需要，并核对联系方式',
          'Asked what you need and checked your contact details',
        ),
      },
      {
        rule: 'C-KNOW',
        occurrence: '1',
        kind: 'CARE',
        on: addDays(today, -20),
        state: 'done',
        title: zhEn('金融知识：识别冒充客服的来电', 'Good to know: callers who pose as the bank'),
      },
    );
  }
  if (['c-8f3a', 'c-2b70', 'c-51c9', 'c-3c21'].includes(person.id)) {
    entries.push(
      {
        rule: 'C-MATURITY-0',
        occurrence: '1',
        kind: 'CONTACT',
        on: addDays(today, 11),
        state: 'planned',
        title: zhEn(
          '定期存款到期，致电询问是否转存',
          'Deposit matures: a call to ask about renewal',
        ),
        note: zhEn('尾号2046，三年期', 'Account ending 2046, three years'),
      },
      {
        rule: 'C-COMP',
        occurrence: '1',
        kind: 'CARE',
        on: addDays(today, -4),
        state: 'done',
        title: zhEn('等候超时补偿', 'Apology for a long wait'),
        note: zhEn(
          '等候38分钟，已致歉并赠小礼品',
          'You waited 38 minutes; we apologised with a small gift',
        ),
        owner: 'LOBBY_MANAGER',
        ownerName: '何嘉',
        channel: 'IN_PERSON',
      },
    );
  }
  if (person.id === 'c-8f3a') {
    entries.push(
      {
        rule: 'C-COMPLAINT-ACK',
        occurrence: '1',
        kind: 'COMPLAINT',
        on: addDays(today, -41),
        state: 'done',
        title: zhEn('投诉已受理', 'Complaint received'),
        note: zhEn(
          '转账页面报错，15日内答复',
          'Error on the transfer page; an answer within 15 days',
        ),
      },
      {
        rule: 'C-COMPLAINT-DONE',
        occurrence: '1',
        kind: 'COMPLAINT',
        on: addDays(today, -29),
        state: 'done',
        title: zhEn('投诉已办结：转账页面报错', 'Complaint closed: error on the transfer page'),
        note: zhEn('页面已修复，并向您致电说明', 'The page is mended; we called you to explain'),
        channel: 'PHONE',
      },
    );
  }
  return [
    ...entries.map((entry) => careEvent(file, person, entry)),
    ...surveys.map((survey) => invitation(policy, survey)),
  ];
}

function careEvent(file: PolicyFiles['care-playbook'], person: Person, entry: Entry): CareEvent {
  const rule = entry.rule === null ? null : ruleOf(file, entry.rule);
  const owner = entry.owner ?? rule?.owner ?? 'SYSTEM';
  const channel = entry.channel === undefined ? rule?.channels[0] : (entry.channel ?? undefined);
  const named = {
    CLIENT_MANAGER: person.clientManager?.name,
    CARE_MANAGER: person.careManager?.name,
  };
  return {
    id: `${person.id}:${entry.rule ?? 'own'}:${entry.occurrence}`,
    rev: 0,
    customer: person.id,
    rule: entry.rule,
    kind: entry.kind,
    on: entry.on,
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

function invitation(policy: Policy, survey: Survey): CareEvent {
  const file = policy.files['care-playbook'];
  const template = policy.files.surveys.templates.find((item) => item.id === survey.template);
  const label = words(template?.label);
  return {
    id: invitationId(survey),
    rev: 0,
    customer: survey.customer,
    rule: 'C-SURVEY',
    kind: 'SURVEY',
    on: survey.on,
    title: zhEn(`邀请您评价：${label['zh-CN']}`, `Please rate: ${label.en}`),
    note: survey.subject,
    state: survey.state === 'submitted' ? 'done' : 'invited',
    owner: words(file.owners.SYSTEM),
    ownerName: null,
    channel: words(file.channelLabels.APP),
    survey: survey.id,
  };
}

function ruleOf(file: PolicyFiles['care-playbook'], id: string) {
  const rule = file.rules.find((item) => item.id === id);
  if (rule === undefined) throw new RangeError(`${id} is no rule of the care playbook`);
  return rule;
}

function words(label: { 'zh-CN': string; en: string } | undefined): Words {
  return { 'zh-CN': label?.['zh-CN'] ?? '', en: label?.en ?? '' };
}
