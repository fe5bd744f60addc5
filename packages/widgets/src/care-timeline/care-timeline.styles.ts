import { css } from 'lit';

export const careTimelineStyles = css`
  .filter {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 24px;
    margin-block-end: var(--gap);
  }
  .filter button {
    position: relative;
    min-block-size: var(--target);
    min-inline-size: var(--icon);
    padding: 0 1px;
    border-block: 2px solid transparent;
    color: var(--text-muted);
    font-size: var(--small);
    line-height: var(--small-line);
  }
  /* A word of two characters is narrower than a finger: what can be pressed reaches beyond it. */
  .filter button::after {
    content: '';
    position: absolute;
    inset: 0 -8px;
  }
  .filter button:hover {
    color: var(--text);
  }
  .filter button[aria-pressed='true'] {
    border-block-end-color: var(--accent);
    color: var(--text);
    font-weight: 600;
  }
  .next {
    margin-block-end: calc(var(--gap) * 1.5);
    padding: 4px 16px;
    border-radius: var(--radius);
    background: var(--sunken);
  }
  .next > .group {
    padding-block-start: 12px;
  }
  .next:last-child {
    margin-block-end: 0;
  }
  .month > .group {
    padding-block: calc(var(--gap) * 1.25) 8px;
    border-block-end: 1px solid var(--line);
  }
  .next + .month > .group,
  .month:first-child > .group {
    padding-block-start: 0;
  }
  .event {
    display: grid;
    grid-template-columns: max(76px, 4.75em) minmax(0, 1fr);
    gap: 2px 8px;
    padding-block: 16px;
    border-block-end: 1px solid var(--line);
  }
  .event:last-child {
    border-block-end: 0;
  }
  .when {
    font-size: var(--small);
    line-height: var(--text-line);
  }
  .weekday {
    display: block;
  }
  /* The lunar date stands beside the day, on one line with it. */
  .event.lunar > .when {
    display: contents;
  }
  .lunar .weekday,
  .lunar .lunar-date {
    line-height: var(--text-line);
  }
  .lunar .weekday {
    grid-area: 2 / 1;
  }
  .lunar .lunar-date {
    grid-area: 1 / 2;
  }
  .lunar > .what {
    grid-area: 2 / 2;
  }
  .many .event {
    content-visibility: auto;
    contain-intrinsic-block-size: 110px;
    contain-intrinsic-block-size: auto 110px;
    overflow-clip-margin: 8px;
  }
  .name {
    font-weight: 600;
    text-wrap: balance;
  }
  .what > .fine {
    margin-block-start: 4px;
  }
  .event > .status {
    grid-column: 2;
    justify-self: start;
  }
  .block.date {
    inline-size: 48px;
  }
  .block.weekday {
    inline-size: 28px;
    block-size: 12px;
  }
  .body > p + p {
    margin-block-start: 8px;
  }

  .root[data-elder] .filter {
    column-gap: 30px;
  }
  .root[data-elder] .filter button::after {
    inset-inline: -11px;
  }
  .root[data-elder] .event {
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
  }
  .root[data-elder] .event > .status {
    grid-column: 1;
  }
  .root[data-elder] .weekday {
    display: inline;
    margin-inline: 4px;
  }
  .root[data-elder] .lunar-date {
    display: inline-block;
  }
  .root[data-elder] .event.lunar > .when {
    display: block;
  }
  .root[data-elder] .lunar > .what {
    grid-area: auto;
  }

  @container (min-width: 560px) {
    .next {
      padding-inline: 20px;
    }
    .root:not([data-elder]) .event {
      grid-template-columns: max(88px, 5.5em) minmax(0, 1fr) auto;
      gap: 2px 24px;
    }
    .root:not([data-elder]) .event > .status {
      grid-column: 3;
      grid-row: 1;
      line-height: var(--text-line);
    }
  }
  @media (forced-colors: active) {
    .next {
      border: 1px solid CanvasText;
    }
    .filter button {
      border-block-color: Canvas;
    }
    .filter button[aria-pressed='true'] {
      border-block-end-color: Highlight;
    }
  }
  @media print {
    .filter {
      display: none;
    }
    .event {
      break-inside: avoid;
    }
    .many .event {
      content-visibility: visible;
    }
  }
`;
