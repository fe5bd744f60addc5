import { css } from 'lit';

/** What is there before the rules are. */
export const tierJourneyStyles = css`
  .held {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 20px;
    align-items: center;
  }
  .held > .block.px64 {
    block-size: 64px;
    border-radius: 3px;
  }
  .pair {
    display: grid;
    gap: calc(var(--gap) * 2.25) 56px;
    margin-block-start: calc(var(--gap) * 2.25);
  }
  .column {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--gap) * 2.25);
    align-content: start;
  }
  .waiting {
    display: grid;
    gap: 10px;
  }

  .condition {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 2px 12px;
    align-items: start;
    padding-block: 12px;
    border-block-end: 1px solid var(--line);
  }
`;
