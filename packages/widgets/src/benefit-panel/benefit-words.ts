import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { dayOfYear, fullDate } from '../foundation/calendar.js';
import { percentagePoints, whole } from '../foundation/figures.js';
import { solid, status } from '../foundation/text.js';
import type { Language } from '../messages/language.js';
import type { NamedBenefit } from './benefit-groups.js';

/** Kinds that come without asking for them. */
const APPLIED = new Set(['rate', 'card', 'base']);

export interface Period {
  endsOn: string;
  /** Whether the period is the present year. */
  current: boolean;
}

/** The state of a benefit: what can be done with it now, and how often. */
export function benefitStatus(benefit: NamedBenefit, language: Language): TemplateResult {
  const { held, rule, uses } = benefit;
  if (held.state === 'SUSPENDED')
    return status('pause', language.say('benefit.suspended'), 'notice');
  if (held.state === 'LOCKED') {
    const words =
      benefit.opensAt === null
        ? language.say('benefit.locked')
        : language.compose('benefit.opensAt', { rung: solid(benefit.opensAt) });
    return status('lock', words);
  }
  if (held.quota !== null) return counted(uses.left ?? 0, held.quota, held.per, language);
  const applied = APPLIED.has(held.kind) && rule.compliance === undefined;
  return status(
    'check-circle',
    language.say(applied ? 'benefit.applied' : 'benefit.available'),
    'positive',
  );
}

/** What stands below the name: what it consists of, how often, and what opens it. */
export function benefitDetails(
  benefit: NamedBenefit,
  period: Period,
  language: Language,
): unknown[] {
  const { held, detail, rule } = benefit;
  const lines: unknown[] = [];
  if (detail !== '') lines.push(detail);
  if (held.state === 'SUSPENDED') lines.push(language.say('benefit.suspendedWhat'));
  else if (held.state === 'LOCKED') lines.push(...whatOpens(benefit, language));
  else if (held.quota !== null) lines.push(usage(benefit, held.quota, period, language));
  if (held.addBp !== null && held.state === 'AVAILABLE') {
    lines.push(language.say('benefit.addBp', { points: percentagePoints(held.addBp) }));
  }
  if (rule.compliance !== undefined) lines.push(language.say('benefit.noPromise'));
  return lines;
}

function counted(
  left: number,
  quota: number,
  per: 'year' | 'lifetime' | null,
  language: Language,
): TemplateResult {
  if (left > 0) {
    const n = html`<b class="figure">${whole(left)}</b>`;
    return html`<span class="small">${language.compose('benefit.left', { n })}</span>`;
  }
  const once = quota === 1 || per === 'lifetime';
  return status('check', language.say(once ? 'benefit.usedOnce' : 'benefit.usedUp'));
}

function usage({ held }: NamedBenefit, quota: number, period: Period, language: Language): unknown {
  if (held.per === 'lifetime') {
    return language.say(language.plural('benefit.lifetime', quota), { quota: whole(quota) });
  }
  const first =
    held.used === 0
      ? language.say(language.plural('benefit.perYear', quota), { quota })
      : language.say(language.plural('benefit.perYearUsed', quota), {
          quota: whole(quota),
          used: whole(held.used),
        });
  const second = period.current
    ? language.compose('benefit.yearEnds', {
        date: solid(dayOfYear(period.endsOn, language.locale)),
      })
    : language.compose('benefit.periodEnds', {
        date: solid(fullDate(period.endsOn, language.locale)),
      });
  return language.compose('benefit.join', { first, second });
}

function whatOpens({ held, rule, sideRule }: NamedBenefit, language: Language): string[] {
  switch (held.because) {
    case 'consent':
      return [
        language.say(
          rule.requires?.consent === 'INSURANCE_SHARE'
            ? 'benefit.consentInsurance'
            : 'benefit.consent',
        ),
      ];
    case 'age':
      return rule.requires?.ageGe === undefined
        ? []
        : [language.say('benefit.age', { n: rule.requires.ageGe })];
    case 'sideRule':
      return sideRule === null ? [] : [sideRule];
    case 'credit':
      return [language.say('benefit.suspendedWhat')];
    default:
      return [];
  }
}
