import type { CareEntry } from './care-event-of.js';
import { addDays, firstOfMonth } from './calendar.js';
import { zhEn } from './bank.js';
import { PAST } from './festivals.js';
import { festivalEntries } from './greetings.js';
import type { Person, Setting } from './person.js';

/** What the bank did for a named person in the past half year and plans for the next weeks. */
export function namedCare(setting: Setting, person: Person): CareEntry[] {
  const { today } = setting;
  const months = person.named!.months;
  const from = addDays(today, -Math.min(PAST, months * 30));
  return [
    ...festivalEntries(setting, from),
    monthlyAssessment(today),
    ...(months < 6 ? welcome(today, months) : visits(today)),
    ...(person.named!.maturesIn === undefined ? [] : maturity(today, person.named!.maturesIn)),
    ...(person.id === 'c-8f3a' ? complaint(today) : []),
  ];
}

/** What every customer is told of. */
export function monthlyAssessment(today: string): CareEntry {
  return {
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
  };
}

function welcome(today: string, months: number): CareEntry[] {
  return [
    {
      rule: 'C-NEWACCT',
      occurrence: '1',
      kind: 'CONTACT',
      on: addDays(today, -months * 30 + 1),
      state: 'done',
      title: zhEn('开户后电话回访', 'Call after opening your account'),
    },
  ];
}

function visits(today: string): CareEntry[] {
  return [
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
  ];
}

function maturity(today: string, days: number): CareEntry[] {
  return [
    {
      rule: 'C-MATURITY-0',
      occurrence: '1',
      kind: 'CONTACT',
      on: addDays(today, days),
      state: 'planned',
      title: zhEn('定期存款到期，致电询问是否转存', 'Deposit matures: a call to ask about renewal'),
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
  ];
}

function complaint(today: string): CareEntry[] {
  return [
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
  ];
}
