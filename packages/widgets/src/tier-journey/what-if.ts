import type { ReactiveControllerHost } from 'lit';
import { whatIfStops } from '@liyu/engine';
import type { Grade, MetricsRow } from '@liyu/engine';
import { localize } from '@liyu/model';
import type { JourneyLanguage } from '../messages/journey-language.js';
import { isBarred } from './journey.js';
import type { Journey, Lever } from './journey.js';
import { figureText, metricName, metricOf } from './metric-words.js';

/** Pause after the last change before it is told: arrow keys come in a row. */
const SPEAK_AFTER_MS = 700;
/** Amounts below ¥1 are an edge of a bin, and nothing to try. */
const LEAST_FEN = 100;

/** A lever that the customer can try, with the values it rests at. */
export interface Slider {
  lever: Lever;
  present: number;
  value: number;
  stops: readonly number[];
}

/** What is tried and nowhere kept: values of levers, and what the rules make of them. */
export class WhatIf {
  readonly #host: ReactiveControllerHost;
  #journey: Journey | null = null;
  #tried: Readonly<Record<string, number>> = {};
  #spoken = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** What the live region says: the last change, once. */
  get spoken(): string {
    return this.#spoken;
  }

  get isChanged(): boolean {
    return Object.keys(this.#tried).length > 0;
  }

  /** Begins anew for another journey. */
  follow(journey: Journey | null): void {
    if (journey === this.#journey) return;
    this.#journey = journey;
    this.#tried = {};
    this.#spoken = '';
    this.pause();
  }

  pause(): void {
    clearTimeout(this.#timer);
  }

  /** The levers that can be tried, in the order of the policy. */
  sliders({ files, grader, assessment }: Journey, row: MetricsRow): Slider[] {
    return files['tier-ladder'].levers.flatMap((lever) => {
      const present = assessment.inputs[lever.metric];
      if (typeof present !== 'number' || isBarred(this.#journey!, lever)) return [];
      const value = this.#tried[lever.metric] ?? present;
      const isMoney = metricOf({ files }, lever.metric)?.unit === 'fen';
      const stops = whatIfStops(grader, files, { ...row, ...this.#tried }, lever.metric).filter(
        (stop) => !isMoney || stop === 0 || stop >= LEAST_FEN,
      );
      const all = [...new Set([...stops, present, value])].sort((a, b) => a - b);
      return [{ lever, present, value, stops: all }];
    });
  }

  /** Levers that can't be tried, by why. */
  untried(journey: Journey): { barred: string[]; unknown: string[] } {
    const levers = journey.files['tier-ladder'].levers;
    const isKnown = ({ metric }: Lever) => typeof journey.assessment.inputs[metric] === 'number';
    const known = levers.filter(isKnown);
    return {
      barred: known.filter((lever) => isBarred(journey, lever)).map(({ metric }) => metric),
      unknown: levers.filter((lever) => !isKnown(lever)).map(({ metric }) => metric),
    };
  }

  /** The grade of the figures that are tried. */
  grade({ grader, options }: Journey, row: MetricsRow): Grade {
    return grader.grade({ ...row, ...this.#tried }, options);
  }

  /** Sets a lever to one of its stops. */
  try(slider: Slider, value: number, language: JourneyLanguage): void {
    const { metric } = slider.lever;
    const { [metric]: _before, ...others } = this.#tried;
    this.#tried = value === slider.present ? others : { ...others, [metric]: value };
    this.#speakSoon(() => {
      const journey = this.#journey!;
      return language.say('journey.spoken', {
        name: metricName(journey, metric, language),
        value: figureText(metricOf(journey, metric), value, language),
        ...this.#outcome(language),
      });
    });
  }

  reset(language: JourneyLanguage): void {
    this.#tried = {};
    this.#speakSoon(() => language.say('journey.spokenReset', this.#outcome(language)));
  }

  #outcome({ locale }: JourneyLanguage): { rung: string; n: number } {
    const journey = this.#journey!;
    const grade = this.grade(journey, journey.row!);
    const rung = journey.files['tier-ladder'].rungs.find(({ code }) => code === grade.rung);
    return { rung: localize(rung?.label, locale), n: scoreOf(journey, grade) };
  }

  #speakSoon(words: () => string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#spoken = words();
      this.#host.requestUpdate();
    }, SPEAK_AFTER_MS);
    this.#host.requestUpdate();
  }
}

/** The score of the variant that decides. */
export function scoreOf({ options }: Journey, grade: Grade): number {
  return options.variant === 'neutral' ? grade.neutralScore : grade.score;
}
