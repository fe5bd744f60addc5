import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { unseen } from '../foundation/text.js';
import { placed } from './placed.js';

/** A mark on a ruler; `at` in percent of its length. */
export interface Mark {
  at: number;
  text: string;
  /** Name of the level that begins here; null at an end of the ruler. */
  level: string | null;
  /** Whether it bounds the held level. */
  isHeld: boolean;
}

export interface RulerFacts {
  /** What a screen reader is told instead of the drawing. */
  label: string;
  marks: readonly Mark[];
  /** Range of the held level, in percent; null where it lies elsewhere. */
  range: { from: number; to: number } | null;
  /** Where the customer stands; null where that isn't known. */
  here: { at: number; name: string; value: string } | null;
}

/** A position, not a progress: a thick line for the held level, a dot for the customer. */
export function ruler({ label, marks, range, here }: RulerFacts): TemplateResult {
  return html`<div class="ruler" role="img" aria-labelledby="ruler">
    <span id="ruler">${unseen(label)}</span>
    <div class="line" aria-hidden="true">
      ${
        range === null
          ? null
          : html`<span
              class="range"
              ${placed({ '--from': range.from, '--length': range.to - range.from })}
            ></span>`
      }
      ${marks.map(
        ({ at, text, level, isHeld }) =>
          html`<span
            class="mark ${isHeld ? 'held-mark' : ''} ${at === 0 ? 'first' : at === 100 ? 'last' : ''}"
            ${placed({ '--at': at })}
            ><span class="under"><b class="figure">${text}</b>${level}</span></span
          >`,
      )}
      ${
        here === null
          ? null
          : html`<span class="dot" ${placed({ '--at': here.at })}></span
              ><span class="over" ${placed({ '--at': here.at })}
                >${here.name} <span class="figure">${here.value}</span></span
              >`
      }
    </div>
  </div>`;
}

/**
 * Place of an amount on a ruler whose steps are equally long, whatever they span: 50万 and 1亿 share no
 * scale. The last step has no end; the more there is above it, the closer it comes.
 */
export function placeOf(value: number, thresholds: readonly number[]): number {
  const edges = [0, ...thresholds];
  const step = 100 / edges.length;
  const index = edges.reduce((last, edge, i) => (value >= edge ? i : last), 0);
  const low = edges[index] ?? 0;
  const high = edges[index + 1];
  const share = high === undefined ? 1 - low / Math.max(value, 1) : (value - low) / (high - low);
  return step * (index + share);
}
