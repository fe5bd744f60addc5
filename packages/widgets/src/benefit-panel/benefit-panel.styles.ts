import { css } from 'lit';

export const benefitPanelStyles = css`
  /* The level stands beside the heading where a button takes the end of the line. */
  .head > .rung:not(:last-child) {
    margin-inline-end: auto;
  }
  .head > .link {
    margin-block: calc((var(--small-line) - var(--target)) / 2);
  }
  .head > .link:only-child {
    margin-inline-start: auto;
  }
  .brief {
    border-block-start: 1px solid var(--line);
  }
  .kind + .kind {
    margin-block-start: calc(var(--gap) * 1.5);
  }
  .kind > .group {
    display: flex;
    align-items: center;
    gap: 8px;
    padding-block-end: 10px;
    border-block-end: 1px solid var(--line);
  }
  .benefit {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    row-gap: 4px;
    padding-block: 14px;
    border-block-end: 1px solid var(--line);
  }
  .kind > .rows > .benefit:last-child,
  .others > .rows > .benefit:last-child,
  .brief > .benefit:last-child,
  .skeleton .benefit:last-child {
    border-block-end: 0;
  }
  .skeleton .benefit .block {
    margin-block: 6px;
  }
  .name {
    font-weight: 600;
  }
  .name.closed {
    font-weight: 400;
    color: var(--text-muted);
  }
  .what,
  .state {
    grid-column: 1;
  }
  /* Two clauses on two lines, rather than the second one broken. */
  .what,
  .what > * {
    text-wrap: balance;
  }
  .act {
    grid-row: 1 / span 2;
    grid-column: 2;
    margin-inline-start: 16px;
  }
  .root[data-elder] .act {
    grid-row: auto;
    grid-column: 1 / -1;
    margin: 8px 0 0;
  }
  .root[data-elder] .act > .button {
    inline-size: 100%;
  }
  .root[data-elder] .outcomes {
    margin-block-start: 8px;
  }
  .question,
  .outcomes {
    grid-column: 1 / -1;
    max-inline-size: 640px;
  }
  .question {
    margin-block-start: 8px;
  }
  .question > * + * {
    margin-block-start: 8px;
  }
  .question > .acts {
    margin-block: 16px 4px;
  }
  .outcomes > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 16px;
    min-block-size: 32px;
  }
  .code {
    flex-basis: 100%;
    padding-block: 4px 8px;
  }
  .code > .figure {
    font-size: var(--headline);
    line-height: var(--headline-line);
    font-weight: 600;
    letter-spacing: 0.12em;
  }
  .others {
    margin-block-start: calc(var(--gap) * 0.5);
    padding-block-start: 8px;
    border-block-start: 1px solid var(--line);
  }
  .count {
    color: var(--text-muted);
  }
  .folded {
    display: none;
  }

  @container (min-width: 560px) {
    .root:not([data-elder]) .benefit {
      grid-template-columns: minmax(0, 1fr) 132px 104px;
      column-gap: 20px;
      padding-block: 16px;
    }
    .root:not([data-elder]) .state {
      grid-column: 2;
    }
    .root:not([data-elder]) .act {
      grid-row: 1;
      grid-column: 3;
      justify-self: end;
      margin: 0;
    }
  }
  @container (min-width: 640px) {
    .root:not([data-elder]) .benefit {
      grid-template-columns: minmax(0, 1fr) 176px 104px;
    }
  }
  @container (min-width: 860px) {
    .root:not([data-elder]) .kind {
      display: grid;
      grid-template-columns: 132px minmax(0, 1fr);
      gap: 0 28px;
      border-block-start: 1px solid var(--line);
    }
    .root:not([data-elder]) .kind + .kind {
      margin-block-start: 0;
    }
    .root:not([data-elder]) .kind > .group {
      align-self: start;
      padding-block: 16px;
      border: 0;
      line-height: var(--text-line);
    }
    .root:not([data-elder]) .others {
      margin-block-start: 0;
    }
    .root:not([data-elder]) .others > .rows {
      margin-inline-start: 160px;
    }
  }
  @media print {
    .folded {
      display: block;
    }
    .brief {
      display: none;
    }
    .benefit {
      break-inside: avoid;
    }
  }
`;
