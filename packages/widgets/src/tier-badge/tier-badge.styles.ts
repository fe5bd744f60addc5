import { css } from 'lit';

export const tierBadgeStyles = css`
  :host([size='s']) {
    display: inline-block;
  }
  .inline .inner {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 12px;
  }
  .inline .inner,
  .inline .skeleton,
  .inline .body {
    min-inline-size: 0;
  }
  .small-badge,
  .small-waiting {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: var(--small);
    line-height: var(--small-line);
    font-weight: 600;
  }
  /* In a line of text the small badge takes the colour of the text. */
  :host([size='s']) .root,
  :host([size='s']) .emblem {
    color: inherit;
  }
  .inline .notes {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 12px;
  }
  /* A live region has to be there before it speaks; out of the flow it takes no gap. */
  .inline .notes:empty {
    position: absolute;
  }
  .inline .body {
    font-size: var(--small);
    line-height: var(--small-line);
  }
  /* In a line of text a target is as high as its line. */
  :host([size='s']) .link {
    min-block-size: 0;
  }
  .medium-badge {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .medium-badge .name {
    font-weight: 600;
  }
  .large-badge {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 20px;
    align-items: center;
  }
  .large-badge + .notes > .note,
  .large-badge ~ .body > .note {
    margin-block: 18px 0;
  }
  .block.px16,
  .block.px32,
  .block.px64 {
    border-radius: 3px;
  }
  .block.px16 {
    block-size: 16px;
  }
  .block.px32 {
    block-size: 32px;
  }
  .block.px64 {
    block-size: 64px;
  }
`;
