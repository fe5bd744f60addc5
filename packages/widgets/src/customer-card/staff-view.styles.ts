import { css } from 'lit';

/** What the card has only on pages of staff. */
export const staffViewStyles = css`
  .origin {
    display: flex;
    flex-wrap: wrap;
    gap: 0 14px;
  }
  /* What a row is about stays whole beside a long value. */
  .staff dt {
    flex: none;
    max-inline-size: 50%;
    overflow-wrap: break-word;
  }
  .fact.asking {
    flex-wrap: wrap;
  }
  .fact > .ask {
    display: block;
    flex: 0 0 100%;
    padding-block-end: 5px;
    text-align: start;
  }
  .ask .note {
    display: grid;
    gap: 8px;
    padding: 14px 16px 16px;
  }
  .ask .acts {
    gap: 8px 20px;
    margin-block: 8px 0;
  }
  .ask .link {
    margin-block: 0;
  }
  /* The focus goes there: its ring keeps clear of the words beside it. */
  .clear:focus-visible {
    outline-offset: 0;
  }
  .ask label {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
    font-weight: 600;
  }
  .ask label .fine {
    font-weight: 400;
  }
  .ask select,
  .ask input {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: var(--target);
    margin: 0;
    padding: 6px 12px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
    font: inherit;
    font-size: var(--text-size);
  }
  .ask select:focus-visible,
  .ask input:focus-visible {
    border-radius: var(--radius);
  }
  .fault {
    display: flex;
    gap: 6px;
    align-items: flex-start;
    color: var(--negative);
  }
  .fault .icon {
    --icon: var(--icon-small);
    margin-block-start: calc((var(--small-line) - var(--icon-small)) / 2);
  }
  .link[disabled] {
    color: var(--text-muted);
    text-decoration: none;
    cursor: default;
  }
  .wishes {
    display: grid;
    gap: 2px;
    justify-items: start;
  }
  @media print {
    .clear,
    .until,
    .ask {
      display: none;
    }
  }
`;
