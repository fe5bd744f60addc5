import type { Doc, DocRef } from './define-collection.js';
import type { Locale } from './localized.js';
import type { SurveyTemplate } from './survey-template.js';

/** Where the bank's rules lie; each write rule that needs them asks for this record. */
export const POLICY: DocRef = { coll: 'policies', scope: 'g:policy', id: 'current' };

type Label = Record<Locale, string>;

/** What write rules read of the policy record. A file may be missing: a rule says what then holds. */
export interface RulePolicy {
  benefits?: { benefits: { id: string; kind: string; label: Label }[] };
  'care-playbook'?: { channels: string[]; channelLabels: Record<string, Label> };
  complaints?: {
    label: Label;
    sla: { simpleDays: number };
    stateLabels: Record<string, Label>;
    taxonomy: { id: string; label: Label }[];
  };
  surveys?: { templates: SurveyTemplate[]; closedLoop?: { slaHours: number } };
}

/** The files of the policy record among what a rule was given; none when there is no policy yet. */
export function rulePolicy(related: ReadonlyMap<string, Doc>): RulePolicy {
  return related.get(`${POLICY.coll}/${POLICY.id}`)?.files ?? {};
}
