import type { Case, CaseState, CaseStep, Survey } from '@liyu/model';
import { onDuty } from './bank.js';
import { addDays, daysBetween } from './calendar.js';
import { momentOn, receiptOf, soonAfter, uuidOf } from './moments.js';
import type { Person, Setting } from './person.js';
import { oneIn } from './quotas.js';
import type { Random } from './random.js';
import { isLowSurvey } from './surveys-of.js';

/** Days for an answer: complaints.sla simpleDays, surveys.closedLoop slaHours for a call-back. */
const DAYS: Readonly<Record<Case['kind'], number>> = { complaint: 15, review: 15, callback: 2 };

/** Complaints by topic of complaints.taxonomy: what the customer wrote, and what became of it. */
const COMPLAINTS: readonly (readonly [topic: string, text: string, answer: string])[] = [
  [
    'WAIT',
    '取号后等了四十多分钟，大堂没有人说明原因。',
    '当日系统升级导致窗口减少，已致歉，并在午间增开一个窗口。',
  ],
  [
    'ATTITUDE',
    '柜台人员回答问题不耐烦，让我自己看说明。',
    '已核实并向您致歉，相关人员参加服务培训。',
  ],
  ['ERROR', '汇款的收款人名字录错了一个字，被退了回来。', '已为您重新办理，退回的手续费已冲还。'],
  ['FEE', '没有用过的信用卡收了年费，事先没有通知。', '已为您退还本年度年费，并设置到期前提醒。'],
  ['RATE', '到期后续存的利率和柜台说的不一样。', '已按当日挂牌利率核对，并补计差额利息。'],
  [
    'SALES',
    '办存款时一直向我推荐保险，没有说清是保险。',
    '已对该次销售录音复查，为您办理了犹豫期退保。',
  ],
  ['APP', '转账页面报错，重试三次都不成功。', '页面问题已修复，向您致电说明并协助完成转账。'],
  ['CARD', '卡片寄错地址，补寄又等了两周。', '新卡已由客户经理当面送达，地址已更正。'],
  ['LOAN', '提前还款预约之后一直没有人联系。', '已安排专人办理，提前还款于次日完成。'],
  [
    'BENEFIT',
    '贵宾室券显示可用，到现场却说名额已满。',
    '已补发一次使用次数，并在页面上增加名额提示。',
  ],
  [
    'PRIVACY',
    '接到自称合作公司的电话，知道我的姓名。',
    '经核查并非我行提供，已为您关闭信息共享授权。',
  ],
  ['TIER', '等级评定里没有算上我在另一家支行的存款。', '已合并计算并重新评定，结果见等级页面。'],
  ['OTHER', '网点门口的坡道被电动车挡住，轮椅进不去。', '已划出禁停区，并由保安每小时巡查。'],
];

/** How far complaints have come, one after another. */
const COURSES: readonly (readonly CaseState[])[] = [
  ['ACCEPTED', 'INVESTIGATING', 'ANSWERED', 'CLOSED'],
  ['ACCEPTED', 'ANSWERED', 'CLOSED'],
  ['ACCEPTED', 'INVESTIGATING'],
  ['ACCEPTED', 'ANSWERED', 'CLOSED'],
  [],
  ['ACCEPTED', 'INVESTIGATING', 'ANSWERED', 'CLOSED', 'REOPENED'],
  ['ACCEPTED', 'INVESTIGATING', 'ANSWERED'],
  ['WITHDRAWN'],
  ['ACCEPTED', 'INVESTIGATING', 'ANSWERED', 'CLOSED'],
  ['ACCEPTED'],
];

/** The letters that a receipt begins with. */
const RECEIPTS = { complaint: 'TS', review: 'FH', callback: 'HD' } as const;

const WORDS: Readonly<Record<CaseState, string>> = {
  RECEIVED: '已收到。',
  ACCEPTED: '已受理，将在办结期限前答复您。',
  INVESTIGATING: '正在调取记录核实情况。',
  ANSWERED: '',
  CLOSED: '您已确认答复，本件办结。',
  REOPENED: '问题又出现了一次，请再看一下。',
  WITHDRAWN: '已经解决了，不用再办。',
};

/** Complaints, reviews and call-backs of the last year, with their steps so far. */
export function casesOf(setting: Setting, person: Person, surveys: readonly Survey[]): Case[] {
  const { today } = setting;
  const random = person.random('cases');
  const cases: Case[] = [];
  if (person.id === 'c-8f3a') {
    const [topic, text, answer] = COMPLAINTS.find(([id]) => id === 'APP')!;
    const course: CaseState[] = ['ACCEPTED', 'ANSWERED', 'CLOSED'];
    const about = { topic, text, answer, kind: 'complaint', about: null } as const;
    return [caseOf(setting, random, person, about, addDays(today, -41), course, 12)];
  }
  if (person.named !== null) return [];
  if (oneIn(person.n, 19, 6)) {
    const number = Math.floor(person.n / 19);
    const [topic, text, answer] = COMPLAINTS[number % COMPLAINTS.length]!;
    const course = COURSES[number % COURSES.length]!;
    const open = course.at(-1) !== 'CLOSED' && course.at(-1) !== 'WITHDRAWN';
    const days = open ? random.between(1, 13) + 2 * course.length : random.between(20, 340);
    const on = addDays(today, -days);
    const about = { topic, text, answer, kind: 'complaint', about: null } as const;
    const took = random.between(3, 14);
    if (on > person.since) cases.push(caseOf(setting, random, person, about, on, course, took));
  }
  if (oneIn(person.n, 113, 20)) {
    const about = {
      kind: 'review',
      topic: 'TIER',
      about: null,
      text: '请人工复核我的等级：公积金和房产没有计入。',
      answer: '已由专人核对资料，房产信息已补录，下次评定时计入。',
    } as const;
    const done = person.n % 2 === 0;
    const days = done ? random.between(30, 200) : random.between(1, 10);
    const course: CaseState[] = done ? ['ACCEPTED', 'ANSWERED', 'CLOSED'] : ['ACCEPTED'];
    const on = addDays(today, -days);
    if (on > person.since) cases.push(caseOf(setting, random, person, about, on, course, 8));
  }
  for (const survey of surveys) {
    if (!survey.callBack || !isLowSurvey(setting, survey)) continue;
    const on = survey.receivedAt!.slice(0, 10);
    const about = {
      kind: 'callback',
      topic: null,
      about: survey.id,
      text: '评价较低，希望回电。',
      answer: '已致电了解情况并致歉，商定了改进措施。',
    } as const;
    const course: CaseState[] =
      daysBetween(on, today) > 3 ? ['ACCEPTED', 'ANSWERED', 'CLOSED'] : [];
    cases.push(caseOf(setting, random, person, about, on, course, 2));
  }
  return cases;
}

interface About extends Pick<Case, 'kind' | 'topic' | 'about' | 'text'> {
  answer: string;
}

/** A case opened on a day that went through `course` within `days` days, and before today. */
function caseOf(
  { today }: Setting,
  random: Random,
  person: Person,
  { answer, ...about }: About,
  on: string,
  course: readonly CaseState[],
  days: number,
): Case {
  const openedAt = momentOn(random, on);
  const receivedAt = soonAfter(random, openedAt);
  const handler = onDuty('complaints', person.branch.branch).name;
  const yesterday = addDays(today, -1);
  let day = on;
  const steps = course.map((state, i): CaseStep => {
    const share = Math.round((days * (i + 1)) / course.length);
    const planned = addDays(on, Math.max(1, share));
    day = planned < yesterday ? planned : yesterday;
    const mine = state === 'WITHDRAWN' || state === 'REOPENED';
    return {
      at: day > on ? momentOn(random, day) : soonAfter(random, receivedAt),
      by: mine ? 'customer' : 'staff',
      name: mine ? null : handler,
      state,
      text: state === 'ANSWERED' ? answer : WORDS[state],
    };
  });
  // Steps of one day keep the order of the course.
  const moments = steps.map(({ at }) => at).sort();
  steps.forEach((step, i) => (step.at = moments[i]!));
  const reopened = steps.find(({ state }) => state === 'REOPENED')?.at.slice(0, 10);
  const accepted = course.includes('ACCEPTED');
  return {
    id: uuidOf(random, openedAt),
    rev: 0,
    customer: person.id,
    ...about,
    state: course.at(-1) ?? 'RECEIVED',
    openedAt,
    receivedAt,
    dueOn: addDays(reopened ?? on, DAYS[about.kind]),
    handler: accepted ? handler : null,
    receipt: receiptOf(random, RECEIPTS[about.kind], receivedAt),
    steps,
  };
}
