import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { localize } from '@liyu/model';
import type { Assessment } from '@liyu/model';
import { fullDate, monthOf } from '../foundation/calendar.js';
import { note, solid, withAmounts } from '../foundation/text.js';
import type { Language } from '../messages/language.js';

/** Name of the held rung. Throws a TypeError where it has none: an emblem alone says nothing. */
export function rungName(assessment: Assessment, language: Language): TemplateResult {
  const name = localize(assessment.label, language.locale);
  if (name.trim() === '') throw new TypeError('a level without a name');
  return solid(name);
}

/** The one line beside the name: how long the rung is held, else since when. */
export function tierLine(assessment: Assessment, language: Language): unknown {
  if (assessment.status === 'WATCH' && assessment.validTo !== null) {
    return language.compose('tier.keptUntil', { date: day(assessment.validTo, language) });
  }
  if (assessment.top) return language.say('tier.top');
  return validTo(assessment, language) ?? sinceMonth(assessment, language);
}

/** All lines of the large badge. */
export function tierLines(assessment: Assessment, language: Language): unknown[] {
  const watch = assessment.status === 'WATCH';
  return [
    ...(assessment.top ? [language.say('tier.top')] : []),
    language.compose('tier.since', { date: day(assessment.since, language) }),
    ...(watch ? [] : [validTo(assessment, language)]),
  ].filter((line) => line !== null);
}

/**
 * What has to be known about the rung beside its name: in a watch month until when it is kept and
 * what restores it, and for QUALITY the date together with the knock-out that moves it.
 */
export function tierNote(assessment: Assessment, language: Language): TemplateResult | null {
  const { validTo: last, status } = assessment;
  if (status === 'WATCH') {
    return note(
      'info',
      html`<p>${watchWords(assessment, language)}</p>
        <p>${language.say('tier.watchBenefits')}</p>`,
      'notice',
    );
  }
  if (assessment.class !== 'QUALITY' || last === null) return null;
  return note(
    'info',
    html`<p>${language.compose('tier.validTo', { date: day(last, language) })}</p>
      <p>${language.say('tier.creditCondition')}</p>`,
  );
}

function watchWords(assessment: Assessment, language: Language): unknown[] {
  const restore =
    assessment.restore === null ? null : withAmounts(localize(assessment.restore, language.locale));
  if (assessment.validTo === null) {
    return restore === null ? [] : language.compose('tier.watchRestore', { restore });
  }
  const kept = { rung: rungName(assessment, language), date: day(assessment.validTo, language) };
  return restore === null
    ? language.compose('tier.watchKept', kept)
    : language.compose('tier.watch', { ...kept, restore });
}

/** QUALITY has none on a line of its own: a knock-out can move it, which the note says. */
function validTo(assessment: Assessment, language: Language): unknown[] | null {
  if (assessment.validTo === null || assessment.class === 'QUALITY') return null;
  return language.compose('tier.validTo', { date: day(assessment.validTo, language) });
}

function sinceMonth(assessment: Assessment, language: Language): unknown[] {
  return language.compose('tier.since', {
    date: solid(monthOf(assessment.since, language.locale)),
  });
}

function day(date: string, language: Language): TemplateResult {
  return solid(fullDate(date, language.locale));
}
