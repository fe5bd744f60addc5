import type { Answer, Survey, SurveyTemplate } from '@liyu/model';
import { isLow } from '@liyu/model';
import { addDays } from './calendar.js';
import { zhEn } from './bank.js';
import { momentOn, receiptOf, soonAfter } from './moments.js';
import type { Person, Setting } from './person.js';
import type { Random } from './random.js';

/** Days in which an invitation can be answered. */
const OPEN_DAYS = 30;

/** What the named people are asked about; the others are asked about their branch. */
const ASKED: Readonly<Record<string, string>> = {
  'c-9f31': 'CSAT-ONBOARD',
  'c-c815': 'NPS-REL',
  'c-04ad': 'CES-DIGITAL',
  'c-77e2': 'NPS-REL',
  'c-e640': 'CSAT-CHAT',
  'c-b2f7': 'NPS-REL',
};

/** The named person who is asked nothing. */
const UNASKED = 'c-6a05';

/**
 * Invitations of the last year: answered, declined, run out, and one that is open. The named people
 * have one open invitation each and no other.
 */
export function surveysOf(setting: Setting, person: Person): Survey[] {
  const { today } = setting;
  if (person.named !== null) {
    if (person.id === UNASKED) return [];
    const template = ASKED[person.id] ?? 'CSAT-BRANCH';
    return [invited(person, 1, template, addDays(today, -4))];
  }
  if (!person.consents.includes('SURVEY')) return [];
  const random = person.random('surveys');
  const surveys: Survey[] = [];
  const started = (days: number) => addDays(today, -days) > person.since;
  const templateAt = (first: boolean) =>
    first && !started(200) ? 'CSAT-ONBOARD' : random.weighted(TEMPLATES);
  if (random.chance(44)) {
    const days = random.between(35, 330);
    if (started(days)) {
      const asked = invited(person, 1, templateAt(true), addDays(today, -days));
      const fate = random.weighted([
        ['answered', 78],
        ['declined', 10],
        ['none', 12],
      ] as const);
      surveys.push(fate === 'none' ? asked : closed(setting, random, asked, fate === 'answered'));
    }
  }
  if (random.chance(38)) {
    const days = random.between(2, 26);
    if (started(days)) {
      const template = templateAt(surveys.length === 0);
      const asked = invited(person, surveys.length + 1, template, addDays(today, -days));
      surveys.push(random.chance(30) ? closed(setting, random, asked, true) : asked);
    }
  }
  return surveys;
}

const TEMPLATES = [
  ['CSAT-BRANCH', 5],
  ['NPS-REL', 4],
  ['CES-DIGITAL', 3],
  ['CSAT-CHAT', 2],
] as const;

export function templateOf(setting: Setting, id: string): SurveyTemplate | undefined {
  return setting.policy.files.surveys.templates.find((template) => template.id === id);
}

/** Whether the answers to a survey ask for a call back. */
export function isLowSurvey(setting: Setting, survey: Survey): boolean {
  const template = templateOf(setting, survey.template);
  return template !== undefined && survey.answers !== null && isLow(template, survey.answers);
}

function invited(person: Person, number: number, template: string, on: string): Survey {
  const { name, name_en } = person.branch;
  return {
    id: `${person.id}-s${String(number)}`,
    rev: 0,
    customer: person.id,
    template,
    subject:
      template === 'CSAT-BRANCH' ? zhEn(`${name}，网点服务`, `${name_en}, branch service`) : null,
    on,
    expiresOn: addDays(on, OPEN_DAYS),
    state: 'invited',
    answers: null,
    callBack: false,
    submittedAt: null,
    receivedAt: null,
    receipt: null,
  };
}

/** The survey answered or declined within three days, and before today. */
function closed(setting: Setting, random: Random, survey: Survey, answered: boolean): Survey {
  const template = templateOf(setting, survey.template);
  if (template === undefined) return survey;
  const yesterday = addDays(setting.today, -1);
  const later = addDays(survey.on, random.between(0, 3));
  const submittedAt = momentOn(random, later < yesterday ? later : yesterday);
  const receivedAt = soonAfter(random, submittedAt);
  const answers = answered ? answersTo(random, template) : null;
  return {
    ...survey,
    state: answered ? 'submitted' : 'declined',
    answers,
    callBack: answers !== null && isLow(template, answers) && random.chance(65),
    submittedAt,
    receivedAt,
    receipt: receiptOf(random, 'DC', receivedAt),
  };
}

/** How people feel, as scores of each type. */
const SCORES: Readonly<Record<SurveyTemplate['type'], Readonly<Record<Mood, readonly number[]>>>> =
  {
    CSAT: { good: [5, 5, 4], fair: [3, 4], bad: [1, 2, 2] },
    NPS: { good: [9, 10, 10], fair: [7, 8], bad: [2, 4, 5, 6] },
    CES: { good: [6, 7, 7], fair: [4, 5], bad: [1, 2, 3] },
  };

type Mood = 'good' | 'fair' | 'bad';

const COMMENTS: Readonly<Record<Mood, readonly string[]>> = {
  good: [
    '工作人员很耐心，讲得清楚。',
    '办得很快，环境也好。',
    '客户经理提前打电话提醒，很周到。',
    '手机银行字体放大后好用多了。',
  ],
  fair: ['总体可以，排队时间有点长。', '希望周末多开一个窗口。', '流程可以再简单一些。'],
  bad: [
    '等了四十多分钟才办上。',
    '同一件事跑了两趟，事先没有说清要带什么。',
    '转账页面总是报错，客服让我再试一次。',
  ],
};

function answersTo(random: Random, template: SurveyTemplate): Record<string, Answer> {
  const mood = random.weighted([
    ['good', 66],
    ['fair', 23],
    ['bad', 11],
  ] as const);
  const answers: Record<string, Answer> = {};
  for (const item of template.items) {
    if (item.score !== true && random.chance(item.kind === 'text' ? 62 : 14)) continue;
    answers[item.id] = answerTo(random, template, item, mood);
  }
  return answers;
}

function answerTo(
  random: Random,
  { type }: SurveyTemplate,
  item: SurveyTemplate['items'][number],
  mood: Mood,
): Answer {
  if (item.score === true) return random.pick(SCORES[type][mood]);
  switch (item.kind) {
    case 'rating5':
      return random.pick(SCORES.CSAT[mood]);
    case 'choice':
      return random.between(0, (item.options?.length ?? 1) - 1);
    case 'yesno':
      return mood !== 'bad' || random.chance(20);
    default:
      return random.pick(COMMENTS[mood]).slice(0, item.max);
  }
}
