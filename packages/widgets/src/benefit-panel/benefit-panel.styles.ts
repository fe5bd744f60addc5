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
    grid-template-columns: minmax(0, 1fr);
    gap: 4px 20px;
    align-items: center;
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
  .state {
    display: flex;
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
      grid-template-columns: minmax(0, 1fr) 176px;
      padding-block: 16px;
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
