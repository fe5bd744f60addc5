import type { Survey } from '@liyu/model';
import { newest } from '../foundation/newest.js';

const DAY_MS = 86_400_000;

export interface Choice {
  /** The survey that the page asks for; null for the most fitting one. */
  id: string | null;
  /** The survey that the customer has begun to answer here: no newer one takes its place. */
  begun: string | null;
  /** Today in Asia/Shanghai. */
  today: string;
  /** Now, in milliseconds. */
  now: number;
}

/**
 * The survey to show: the one asked for; else the one begun; else the open one with the latest day;
 * else the last one answered that waits to be sent or was answered within a day. Null for none.
 */
export function chooseSurvey(surveys: readonly Survey[], choice: Choice): Survey | null {
  const wanted = choice.id ?? choice.begun;
  const found = surveys.find((survey) => survey.id === wanted);
  if (choice.id !== null || found !== undefined) return found ?? null;
  const open = surveys.filter(
    (survey) => survey.state === 'invited' && !hasExpired(survey, choice.today),
  );
  const answered = surveys.filter(
    (survey) => survey.state !== 'invited' && isFresh(survey, choice.now),
  );
  return (
    newest(open, (survey) => survey.on) ?? newest(answered, (survey) => survey.submittedAt ?? '')
  );
}

/** Whether the last day for an answer has passed. */
export function hasExpired(survey: Survey, today: string): boolean {
  return survey.expiresOn !== null && survey.expiresOn < today;
}

function isFresh(survey: Survey, now: number): boolean {
  if (survey.receivedAt === null) return true;
  return now - Date.parse(survey.submittedAt ?? survey.receivedAt) < DAY_MS;
}
