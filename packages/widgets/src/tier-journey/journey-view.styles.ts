import { css } from 'lit';

/** What is shown with the rules; the ruler and the what-if have sheets of their own. */
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

  @container (min-width: 860px) and (min-width: 53em) {
    .pair:has(> .column + .column) {
      grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr);
    }
    .root[data-elder] .pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (forced-colors: active) {
    .fill {
      forced-color-adjust: none;
      background: CanvasText;
    }
    .bar {
      block-size: 6px;
      border: 1px solid CanvasText;
    }
  }
  @media print {
    .more::details-content {
      content-visibility: visible;
      block-size: auto;
    }
    form.review {
      display: none;
    }
  }
`;
