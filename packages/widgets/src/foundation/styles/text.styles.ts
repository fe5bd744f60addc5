import { css } from 'lit';

/** Roles of text, status words and notes. */
export const textStyles = css`
  .title {
    font-size: var(--title);
    line-height: var(--title-line);
    font-weight: 600;
    text-wrap: balance;
  }
  .group {
    font-size: var(--small);
    line-height: var(--small-line);
    font-weight: 600;
    color: var(--text-muted);
  }
  .headline {
    font-size: var(--headline);
    line-height: var(--headline-line);
    font-weight: 600;
    text-wrap: balance;
  }
  .small {
    font-size: var(--small);
    line-height: var(--small-line);
  }
  .fine {
    font-size: var(--note);
    line-height: var(--note-line);
    color: var(--text-muted);
  }
  .muted {
    color: var(--text-muted);
  }
  .solid {
    text-autospace: no-autospace;
    white-space: nowrap;
  }
  .unbroken {
    white-space: nowrap;
  }
  .figure {
    font-family: var(--font-figures);
    font-variant-numeric: tabular-nums lining-nums;
    text-autospace: no-autospace;
    white-space: nowrap;
  }
  .figure.broken {
    white-space: normal;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    inline-size: var(--icon);
    block-size: var(--icon);
  }
  .emblem {
    color: var(--emblem);
  }
  .px16 {
    inline-size: 16px;
    block-size: 16px;
  }
  .px32 {
    inline-size: 32px;
    block-size: 32px;
  }
  .px48 {
    inline-size: 48px;
    block-size: 48px;
  }
  .px64 {
    inline-size: 64px;
    block-size: 64px;
  }

  .status {
    display: inline-flex;
    align-items: flex-start;
    gap: 6px;
    font-size: var(--small);
    line-height: var(--small-line);
    color: var(--text-muted);
  }
  .status > .icon,
  .note > .icon {
    --icon: var(--icon-small);
    margin-block-start: calc((var(--small-line) - var(--icon-small)) / 2);
  }
  .status.positive {
    color: var(--positive);
  }
  .status.notice {
    color: var(--notice);
  }
  .status.negative {
    color: var(--negative);
  }
  .note {
    display: flex;
    gap: 10px;
    align-items: flex-start;
    padding: 11px 14px;
    border-radius: var(--radius);
    background: var(--sunken);
    font-size: var(--small);
    line-height: var(--small-line);
  }
  .note > div {
    min-inline-size: 0;
  }
  .note p + p {
    margin-block-start: 4px;
  }
  .note .acts {
    gap: 0 20px;
    margin-block-end: -8px;
  }
  .note.notice {
    background: var(--notice-soft);
  }
  .note.notice > .icon {
    color: var(--notice);
  }
  .note.negative {
    background: var(--negative-soft);
  }
  .note.negative > .icon {
    color: var(--negative);
  }
  /* So large that a name has no line of its own: it breaks. */
  @container (max-width: 14em) {
    .solid,
    .unbroken {
      white-space: normal;
    }
  }
  @media (forced-colors: active) {
    .note {
      border: 1px solid CanvasText;
    }
    /* A drawing keeps a colour that is set on itself, whatever the reader's are. */
    .icon {
      color: inherit !important;
    }
    .emblem {
      color: CanvasText;
    }
  }
`;
