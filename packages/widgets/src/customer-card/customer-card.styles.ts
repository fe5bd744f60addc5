import { css } from 'lit';

export const customerCardStyles = css`
  .top {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 16px 18px;
    align-items: center;
  }
  .top > :only-child {
    grid-column: 1 / -1;
  }
  .level .muted {
    display: inline-block;
  }
  .level b {
    margin-inline-end: 6px;
  }
  .top + .notes > .note,
  .body > [role='status'] > .note,
  .body > .note {
    margin-block: calc(var(--gap) * 1.25) 0;
  }
  .people {
    display: grid;
    gap: var(--gap);
    margin-block-start: calc(var(--gap) * 1.5);
  }
  .person {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    min-block-size: var(--target);
  }
  .person .name {
    font-weight: 600;
  }
  .person > .button {
    flex: none;
  }
  .person .role {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
  }
  .facts {
    margin-block-start: calc(var(--gap) * 1.5);
    border-block-start: 1px solid var(--line);
  }
  .fact {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    min-block-size: calc(var(--target) + 8px);
    padding: 11px 0;
    border-block-end: 1px solid var(--line);
  }
  .fact:last-child {
    border-block-end: 0;
  }
  .fact dt {
    /* A long value doesn't break a word of four characters. */
    min-inline-size: 4em;
    color: var(--text-muted);
    font-size: var(--small);
    line-height: var(--small-line);
  }
  .fact dd {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 2px 8px;
    min-inline-size: 0;
    text-align: end;
  }
  .fact .link {
    margin-block: -8px;
  }
  .basis {
    display: block;
    text-wrap: balance;
  }
  .block.picture {
    inline-size: 48px;
    block-size: 48px;
  }
  .fact > .block,
  .foot .block {
    margin-block: 0;
  }

  .root[data-elder] .person {
    display: block;
  }
  .root[data-elder] .person > .button {
    inline-size: 100%;
    margin-block-start: 8px;
    font-size: var(--text-size);
  }

  /* Beside a button there is room for one of the two: the same for every person. */
  @container (max-width: 399px) {
    .root:not([data-elder]) .person .role {
      flex-direction: column;
    }
  }
  @container (min-width: 640px) {
    .root:not([data-elder]) .columns {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 0 56px;
      align-items: start;
    }
    .root:not([data-elder]) .people {
      gap: 0;
      border-block-start: 1px solid var(--line);
    }
    .root:not([data-elder]) .person {
      min-block-size: calc(var(--target) * 2 + 17px);
      padding-block: 13px;
      border-block-end: 1px solid var(--line);
    }
    .root:not([data-elder]) .person:last-child {
      border-block-end: 0;
    }
  }
  @media print {
    .fact .link {
      display: none;
    }
  }
`;
