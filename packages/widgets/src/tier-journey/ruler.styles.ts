import { css } from 'lit';

export const rulerStyles = css`
  .ruler {
    margin-block: 4px 8px;
    padding-block: calc(var(--small-line) + 30px) calc(var(--small-line) + var(--note-line) + 18px);
  }
  .line {
    position: relative;
    block-size: 2px;
    background: var(--line-strong);
  }
  .range {
    position: absolute;
    inset-block: -2px;
    inset-inline-start: var(--from);
    inline-size: var(--length);
    background: var(--accent);
  }
  .mark {
    position: absolute;
    inset-block-start: -6px;
    inset-inline-start: var(--at);
    inline-size: 2px;
    block-size: 14px;
    margin-inline-start: -1px;
    background: var(--line-strong);
  }
  .mark.held-mark {
    background: var(--accent);
  }
  .under {
    position: absolute;
    inset-block-start: 20px;
    inset-inline-start: 50%;
    transform: translateX(-50%);
    font-size: var(--note);
    line-height: var(--note-line);
    color: var(--text-muted);
    text-align: center;
    white-space: nowrap;
  }
  .under > b {
    display: block;
    font-size: var(--small);
    line-height: var(--small-line);
    color: var(--text);
  }
  .first > .under {
    inset-inline-start: 0;
    transform: none;
    text-align: start;
  }
  .last > .under {
    inset-inline: auto 0;
    transform: none;
    text-align: end;
  }
  .dot {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: var(--at);
    inline-size: 14px;
    block-size: 14px;
    border: 4px solid var(--accent);
    border-radius: 50%;
    background: var(--surface);
    transform: translate(-50%, -50%);
  }
  /* Slides with the dot and never leaves the ruler: at 28 %, 28 % of it stand before the dot. */
  .over {
    position: absolute;
    inset-block-end: 20px;
    inset-inline-start: var(--at);
    inline-size: max-content;
    max-inline-size: 100%;
    transform: translateX(calc(-1 * var(--at)));
    font-size: var(--small);
    line-height: var(--small-line);
    font-weight: 600;
  }
  @container (max-width: 559px) {
    .under > b {
      font-size: var(--note);
    }
  }
  /* In em: as wide as it takes for its letters, also where a reader has enlarged them. */
  @container (max-width: 35em) {
    .under > b {
      font-size: var(--note);
    }
  }
  /* Large letters leave no room for the end of the scale beside its last level. */
  @container (max-width: 28em) {
    .root[data-elder] .last > .under {
      display: none;
    }
  }
  @container (max-width: 18em) {
    .last > .under {
      display: none;
    }
  }
  /* No room for a drawing: its words stand there. */
  @container (max-width: 14em) {
    .ruler {
      padding-block: 0;
    }
    .ruler > .line {
      display: none;
    }
    .ruler .unseen {
      position: static;
      clip-path: none;
      white-space: normal;
    }
  }
  @media (forced-colors: active) {
    .line,
    .range,
    .mark {
      forced-color-adjust: none;
      background: CanvasText;
    }
    .under,
    .over {
      forced-color-adjust: auto;
    }
    .dot {
      forced-color-adjust: none;
      border-color: CanvasText;
      background: Canvas;
    }
  }
`;
