import { css } from 'lit';

export const benefitPanelStyles = css`
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
  .skeleton .benefit:last-child {
    border-block-end: 0;
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
  .others .count {
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
    .benefit {
      break-inside: avoid;
    }
  }
`;
