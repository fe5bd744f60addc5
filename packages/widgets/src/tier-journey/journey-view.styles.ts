import { css } from 'lit';

/** What is shown with the rules. */
export const journeyViewStyles = css`
  .body > .note {
    margin-block-start: calc(var(--gap) * 1.25);
  }
  .body > .note + .note,
  .after {
    margin-block-start: 12px;
  }
  .section > .group {
    margin-block-end: var(--gap);
    font-size: var(--title);
    line-height: var(--title-line);
    color: var(--text);
    text-wrap: balance;
  }
  .ruled {
    margin-block-start: calc(var(--gap) * 2);
    padding-block-start: calc(var(--gap) * 2);
    border-block-start: 1px solid var(--line);
  }
  .ruled.folded {
    padding-block-start: 12px;
  }
  .asks {
    margin-block-end: 8px;
  }
  .conditions + p {
    margin-block-start: var(--gap);
  }
  .before {
    margin-block: calc(var(--gap) * -0.625) var(--gap);
  }
  .conditions > .condition:first-child {
    border-block-start: 1px solid var(--line);
  }
  .condition > .icon {
    margin-block-start: calc((var(--text-line) - var(--icon)) / 2);
    color: var(--text-muted);
  }
  .condition.met > .icon {
    color: var(--positive);
  }
  .verdict {
    text-align: end;
    font-family: inherit;
  }
  .alternatives > li {
    margin-block-start: 6px;
  }

  .blocks {
    display: grid;
    gap: 18px;
  }
  .part {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 6px 16px;
  }
  .bar {
    grid-column: 1 / -1;
    block-size: 4px;
    background: var(--line);
  }
  .fill {
    display: block;
    inline-size: var(--share);
    block-size: 100%;
    background: var(--accent);
  }
  .losses {
    margin-block-start: 18px;
  }
  summary {
    list-style: none;
    cursor: pointer;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  .more[open] > summary > .icon {
    transform: rotate(180deg);
  }
  .more + .more {
    margin-block-start: 8px;
  }
  .more > .fine {
    margin-block-start: 14px;
  }
  .factors {
    inline-size: 100%;
    border-collapse: collapse;
  }
  .factors :is(th, td) {
    padding-block: 9px;
    padding-inline: 0;
    border-block-end: 1px solid var(--line);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
  }
  .factors tbody > tr:first-child > * {
    padding-block-start: 22px;
    font-weight: 600;
  }
  .factors :is(th, td).figure {
    padding-inline-start: 16px;
    text-align: end;
  }

  .ruler {
    margin-block: 4px 8px;
    padding-block: calc(var(--small-line) + 30px) calc(var(--small-line) + var(--note-line) + 18px);
  }
  .line {
    position: relative;
    block-size: 2px;
    background: var(--line-strong);
  }
  .range {
    position: absolute;
    inset-block: -2px;
    inset-inline-start: var(--from);
    inline-size: var(--length);
    background: var(--accent);
  }
  .mark {
    position: absolute;
    inset-block-start: -6px;
    inset-inline-start: var(--at);
    inline-size: 2px;
    block-size: 14px;
    margin-inline-start: -1px;
    background: var(--line-strong);
  }
  .mark.held-mark {
    background: var(--accent);
  }
  .under {
    position: absolute;
    inset-block-start: 20px;
    inset-inline-start: 50%;
    transform: translateX(-50%);
    font-size: var(--note);
    line-height: var(--note-line);
    color: var(--text-muted);
    text-align: center;
    white-space: nowrap;
  }
  .under > b {
    display: block;
    font-size: var(--small);
    line-height: var(--small-line);
    color: var(--text);
  }
  .first > .under {
    inset-inline-start: 0;
    transform: none;
    text-align: start;
  }
  .last > .under {
    inset-inline: auto 0;
    transform: none;
    text-align: end;
  }
  .dot {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: var(--at);
    inline-size: 14px;
    block-size: 14px;
    border: 4px solid var(--accent);
    border-radius: 50%;
    background: var(--surface);
    transform: translate(-50%, -50%);
  }
  /* Slides with the dot and never leaves the ruler: at 28 %, 28 % of it stand before the dot. */
  .over {
    position: absolute;
    inset-block-end: 20px;
    inset-inline-start: var(--at);
    inline-size: max-content;
    max-inline-size: 100%;
    transform: translateX(calc(-1 * var(--at)));
    font-size: var(--small);
    line-height: var(--small-line);
    font-weight: 600;
  }

  .path {
    display: grid;
    gap: 8px;
    margin-block-start: var(--gap);
    padding: 18px 20px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .change {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 12px;
    font-size: var(--headline);
    line-height: var(--headline-line);
  }
  .arrow {
    margin-inline-end: 4px;
  }
  .reasons {
    padding-inline-start: 1.2em;
    list-style: disc;
  }
  .stay {
    margin-block-start: 12px;
  }

  .outcome {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 18px;
    align-items: center;
    padding: 18px 20px;
    border-radius: var(--radius);
    background: var(--sunken);
  }
  .outcome-name {
    font-size: var(--title);
    line-height: var(--title-line);
    font-weight: 600;
  }
  .sliders {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px 40px;
    margin-block-start: 8px;
  }
  .slider {
    display: flex;
    flex-direction: column;
    justify-content: space-between;
    padding-block: 14px;
    border-block-end: 1px solid var(--line);
  }
  .slider-head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 12px;
  }
  .slider-value {
    margin-inline-start: auto;
    display: inline-flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 10px;
  }
  .tried .slider-value > .figure {
    color: var(--accent);
    font-weight: 600;
  }
  .track {
    display: grid;
    grid-template-columns: var(--target) minmax(0, 1fr) var(--target);
    gap: 12px;
    align-items: center;
    margin-block-start: 8px;
  }
  .track input {
    inline-size: 100%;
    block-size: var(--target);
    accent-color: var(--accent);
    cursor: pointer;
  }
  .step {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    inline-size: var(--target);
    block-size: var(--target);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .step:hover {
    border-color: var(--text);
  }
  .step:focus-visible {
    border-radius: var(--radius);
  }
  .step[aria-disabled] {
    border-color: var(--line);
    color: var(--text-muted);
    cursor: default;
  }
  .reset {
    margin-block-start: 8px;
  }
  .link[aria-disabled] {
    color: var(--text-muted);
    text-decoration: none;
    cursor: default;
  }

  .rung {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    gap: 12px;
    align-items: center;
    padding-block: 10px;
    border-block-end: 1px solid var(--line);
    color: var(--text-muted);
  }
  .rung-words {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 16px;
  }
  .rung-name {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0 10px;
    align-items: center;
  }
  .rung.here {
    color: var(--text);
  }
  .rung.here .solid {
    font-weight: 600;
  }

  .foot > .basis {
    padding-block: 12px;
  }
  .review {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    justify-items: start;
    margin-block-start: 20px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--line);
  }
  .review-outcome:focus-visible {
    outline-offset: 4px;
  }
  textarea {
    display: block;
    inline-size: 100%;
    min-block-size: 96px;
    padding: 11px 14px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
    resize: vertical;
  }
  textarea:focus-visible {
    border-radius: var(--radius);
  }
  .root[data-elder] .ask-review {
    margin-block-end: 12px;
  }
  .review > .acts,
  .review > [role='alert'],
  .root[data-elder] .ask-review {
    inline-size: 100%;
  }

  @container (max-width: 559px) {
    .under > b {
      font-size: var(--note);
    }
  }
  /* In em: as wide as it takes for its letters, also where a reader has enlarged them. */
  @container (max-width: 35em) {
    .under > b {
      font-size: var(--note);
    }
  }
  /* Large letters leave no room for the end of the scale beside its last level. */
  @container (max-width: 28em) {
    .root[data-elder] .last > .under {
      display: none;
    }
  }
  @container (max-width: 18em) {
    .last > .under {
      display: none;
    }
  }
  /* No room for a drawing: its words stand there. */
  @container (max-width: 14em) {
    .ruler {
      padding-block: 0;
    }
    .ruler > .line {
      display: none;
    }
    .ruler .unseen {
      position: static;
      clip-path: none;
      white-space: normal;
    }
  }
  @container (min-width: 640px) {
    .root:not([data-elder]) .sliders {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }
  @container (min-width: 860px) and (min-width: 53em) {
    .pair:has(> .column + .column) {
      grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr);
    }
    .root[data-elder] .pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .step {
      transition: border-color 120ms linear;
    }
  }
  @media (forced-colors: active) {
    .fill,
    .line,
    .range,
    .mark {
      forced-color-adjust: none;
      background: CanvasText;
    }
    .under,
    .over {
      forced-color-adjust: auto;
    }
    .bar,
    .outcome {
      border: 1px solid CanvasText;
    }
    .bar {
      block-size: 6px;
    }
    .dot {
      forced-color-adjust: none;
      border-color: CanvasText;
      background: Canvas;
    }
  }
  @media print {
    .more::details-content {
      content-visibility: visible;
      block-size: auto;
    }
    .track,
    .reset,
    form.review {
      display: none;
    }
  }
`;
