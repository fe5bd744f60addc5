import { css } from 'lit';
import { controlStyles } from './control.styles.js';
import { textStyles } from './text.styles.js';

/** Edge, padding, head, foot, notes and skeleton of every widget. */
export const frameStyles = [
  textStyles,
  controlStyles,
  css`
    .root.framed {
      container-type: inline-size;
      /* In a shrink-to-fit parent a container has no width of its own. */
      contain-intrinsic-inline-size: 360px;
      border: 1px solid var(--line);
      border-radius: calc(var(--radius) * 1.5);
      background: var(--surface);
    }
    .framed > .inner {
      padding: var(--pad);
    }
    .root[data-bare] {
      border: 0;
      border-radius: 0;
      background: transparent;
    }
    .root[data-bare] > .inner {
      padding: 0;
    }

    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      gap: 4px 16px;
      margin-block-end: calc(var(--gap) * 1.25);
    }
    .notes > .note {
      margin-block-end: calc(var(--gap) * 1.25);
    }
    .root[data-state='error'] .notes > .note {
      margin-block-end: 0;
    }
    .foot {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 0 20px;
      margin-block: calc(var(--gap) * 1.25) -12px;
      padding-block-start: 8px;
      border-block-start: 1px solid var(--line);
    }
    .foot > p {
      padding-block: 12px;
    }

    /* Still blocks, and only for those who wait: a quick answer shows none. */
    .skeleton {
      visibility: hidden;
      animation: wait 1ms 400ms forwards;
    }
    @keyframes wait {
      to {
        visibility: visible;
      }
    }
    .block {
      display: block;
      max-inline-size: 100%;
      block-size: 14px;
      border-radius: 3px;
      background: var(--line);
    }
    .block.short {
      inline-size: 6em;
    }
    .block.medium {
      inline-size: 9em;
    }
    .block.long {
      inline-size: 14em;
    }
    .block.wide {
      inline-size: 80%;
    }
    .block.title {
      inline-size: 9em;
      block-size: 18px;
    }
    .block + .block {
      margin-block-start: 10px;
    }
    @supports (color: color-mix(in srgb, red, blue)) {
      .block {
        background: color-mix(in srgb, var(--line) 60%, var(--surface));
      }
    }

    @container (min-width: 560px) {
      .framed > .inner {
        padding: 28px;
      }
    }
    @container (min-width: 860px) {
      .framed > .inner {
        padding: 32px;
      }
    }
    @media (forced-colors: active) {
      .block {
        border: 1px solid GrayText;
      }
    }
    @media print {
      .root.framed {
        border-color: #999;
        break-inside: avoid;
      }
      .skeleton {
        visibility: visible;
        animation: none;
      }
    }
  `,
];
