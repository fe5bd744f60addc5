import type { Survey } from '@liyu/model';
import type { Rejection } from '../source.js';
import { hasExpired } from './choose-survey.js';

/**
 * Where an answer stands. `open`: being filled in. `submitting`: on its way to the device, or, without
 * a source, to the page. `pending`: on this device. `delivered` and `declined`: the bank has it.
 */
export type FormPhase = 'open' | 'submitting' | 'pending' | 'delivered' | 'declined' | 'expired';

export interface PhaseFacts {
  survey: Survey;
  rejection: Rejection<Survey> | null;
  submitting: boolean;
  today: string;
}

export function phaseOf({ survey, rejection, submitting, today }: PhaseFacts): FormPhase {
  if (survey.state !== 'invited') {
    if (survey.receivedAt === null) return 'pending';
    return survey.state === 'submitted' ? 'delivered' : 'declined';
  }
  if (submitting) return 'submitting';
  return rejection?.code === 'expired' || hasExpired(survey, today) ? 'expired' : 'open';
}
