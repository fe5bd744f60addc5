import type { Doc, DocRef, Rule } from './define-collection.js';
import { POLICY, rulePolicy } from './rule-policy.js';
import { shanghaiDate } from './shanghai.js';
import { receiptNumber } from './short-code.js';
import { checkAnswers, isLow } from './survey-template.js';
import type { Survey } from './survey.js';
import { isUuidV7 } from './uuid-v7.js';

/** Id of the timeline entry that invites to a survey. */
export function invitationId(survey: { id: string; customer: string }): string {
  return `${survey.customer}:survey:${survey.id}`;
}

/** The invitation in the timeline and the policy that holds the template. */
export function relatedToSurvey(next: Doc): DocRef[] {
  const survey = next as unknown as Survey;
  const scope = `c:${survey.customer}`;
  return [{ coll: 'careEvents', scope, id: invitationId(survey) }, POLICY];
}

/**
 * One response per invitation; submitted and declined are final (surveys.json `rules`). The answers
 * must fit the template, the call-back needs a low score, and the day of the server's receipt counts
 * for the end of the invitation. Closes the invitation in the timeline.
 */
export const surveyRule: Rule = (master, next, { actor, now, related }) => {
  const held = master as Survey | null;
  const survey = next as unknown as Survey;
  if (actor.role !== 'customer' || actor.customer !== survey.customer)
    return { reject: 'forbidden' };
  if (held === null && !isUuidV7(survey.id)) return { reject: 'not_invited' };
  if (held !== null && held.state !== 'invited') return { reject: `already_${held.state}` };
  if (held?.expiresOn != null && shanghaiDate(now) > held.expiresOn) return { reject: 'expired' };
  if (survey.state === 'invited') return { reject: 'not_answered' };

  const template = rulePolicy(related).surveys?.templates.find(
    (item) => item.id === survey.template,
  );
  if (template === undefined) return { reject: 'template_unknown' };
  const answers = survey.state === 'submitted' ? (survey.answers ?? {}) : {};
  if (survey.state === 'submitted') {
    const fault = checkAnswers(template, answers)[0];
    if (fault !== undefined) return { reject: fault.code };
  }
  const also: { coll: string; doc: Doc }[] = [];
  const invitation = related.get(`careEvents/${invitationId(survey)}`);
  if (invitation !== undefined) {
    const state = survey.state === 'submitted' ? 'done' : 'cancelled';
    also.push({ coll: 'careEvents', doc: { ...invitation, state } });
  }
  return {
    master: {
      ...next,
      // What only the bank says of an invitation, a customer can't make up.
      ...(held === null && { subject: null, expiresOn: null, on: shanghaiDate(now) }),
      answers: survey.state === 'submitted' ? answers : null,
      callBack: survey.state === 'submitted' && survey.callBack && isLow(template, answers),
      receivedAt: now,
      receipt: receiptNumber('DC', survey.id, now),
    },
    also,
  };
};
