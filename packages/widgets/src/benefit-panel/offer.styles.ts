import { css } from 'lit';

export const offerStyles = css`
  .offers {
    margin-block-start: calc(var(--gap) * 1.5);
  }
  .offers > .off {
    padding-block: 14px 0;
    max-inline-size: 640px;
  }
  .offer {
    padding-block: 14px;
    border-block-end: 1px solid var(--line);
  }
  .offer:last-child {
    border-block-end: 0;
  }
  /* The ring keeps clear of the words and buttons in it. */
  .offer:focus-visible {
    outline-offset: 6px;
  }
  .terms,
  .offer > [role='alert'] {
    max-inline-size: 640px;
    margin-block-start: 8px;
  }
  .term {
    display: grid;
    grid-template-columns: 6em minmax(0, 1fr);
    gap: 0 12px;
    padding-block: 2px;
  }
  :lang(en) .term {
    grid-template-columns: 10em minmax(0, 1fr);
  }
  .term > dt {
    color: var(--text-muted);
  }
  .root[data-elder] .term {
    grid-template-columns: minmax(0, 1fr);
    padding-block: 4px;
  }
  .offer > .acts {
    margin-block: 14px 8px;
  }
  .told {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 16px;
  }
  @container (min-width: 860px) {
    .root:not([data-elder]) .kind + .offers,
    .root:not([data-elder]) .others + .offers {
      margin-block-start: 0;
    }
    .root:not([data-elder]) .offers > .off {
      padding-block: 16px;
    }
  }
  @media print {
    .offer > .acts,
    .offer > .fine {
      display: none;
    }
  }
`;
