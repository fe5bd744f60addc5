import { nothing } from 'lit';
import { measureOf } from '@liyu/engine';
import { localize } from '@liyu/model';
import type { JourneyLanguage } from '../messages/journey-language.js';
import { rungsOfClass } from './journey.js';
import type { Journey, Rung } from './journey.js';
import { figureText, markText, measureName, metricOf, sentence } from './metric-words.js';
import { placeOf, ruler } from './ruler.js';
import type { Mark } from './ruler.js';

/** The ruler of the class that the goal is in: to scale for a score, equal steps for amounts. */
export function journeyRuler(journey: Journey, language: JourneyLanguage): unknown {
  const { goal, held } = journey;
  const measure = goal === null ? null : measureOf(goal);
  if (goal === null || measure === null) return nothing;
  const steps = rungsOfClass(journey, goal.class).flatMap((rung) => {
    const own = measureOf(rung);
    return own?.name === measure.name ? [{ rung, threshold: own.threshold }] : [];
  });
  const thresholds = steps.map(({ threshold }) => threshold);
  const isScore = measure.name === 'score';
  const place = (value: number) => (isScore ? value : placeOf(value, thresholds));
  const value = valueOf(journey, measure.name);
  const text = (figure: number) => (isScore ? String(figure) : markText(figure, language));
  const bounds = boundsOf(held, goal);
  const marks: Mark[] = [
    { at: 0, text: '0', level: null, isHeld: false },
    ...steps.map(({ rung, threshold }) => ({
      at: place(threshold),
      text: text(threshold),
      level: levelOf(rung, language),
      isHeld: bounds.includes(rung.code),
    })),
    ...(isScore ? [{ at: 100, text: '100', level: null, isHeld: false }] : []),
  ];
  const name = sentence(measureName(journey, measure.name, language));
  const shown = isScore
    ? String(value)
    : figureText(metricOf(journey, measure.name), value, language);
  return ruler({
    label: language.say('journey.ruler', {
      name,
      value: shown,
      ticks: steps
        .map(({ rung, threshold }) =>
          language.say('journey.rulerTick', {
            rung: localize(rung.label, language.locale),
            from: text(threshold),
          }),
        )
        .join(language.say('journey.facts')),
    }),
    marks,
    range: rangeOf(held.code, steps, place),
    here: value === null ? null : { at: place(value), name, value: shown },
  });
}

/** Marks that stand out: where the held level begins, and the goal. */
function boundsOf(held: Rung, goal: Rung): string[] {
  return [held.code, goal.code];
}

function rangeOf(
  held: string,
  steps: readonly { rung: Rung; threshold: number }[],
  place: (value: number) => number,
): { from: number; to: number } | null {
  const index = steps.findIndex(({ rung }) => rung.code === held);
  const from = steps[index];
  if (from === undefined) return null;
  const next = steps[index + 1];
  return { from: place(from.threshold), to: next === undefined ? 100 : place(next.threshold) };
}

/** What the customer has of what a rung is measured by; null is unknown. */
export function valueOf({ explanation, assessment }: Journey, name: string): number | null {
  if (name === 'score') return explanation.score;
  const value = assessment.inputs[name];
  return typeof value === 'number' ? value : null;
}

function levelOf({ level, label }: Rung, language: JourneyLanguage): string {
  return level === null
    ? localize(label, language.locale)
    : language.say('journey.level', { n: level });
}
