import { css } from 'lit';

export const assetMixStyles = css`
  .head > .link {
    margin-block: calc((var(--small-line) - var(--target)) / 2);
    margin-inline-start: auto;
  }
  .mix {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px 36px;
  }
  .ring-box {
    position: relative;
    justify-self: center;
    /* As wide as the words in it take, also where a reader has enlarged them. */
    inline-size: min(100%, max(176px, 11em));
    aspect-ratio: 1;
  }
  .skeleton .ring-box {
    border: 24px solid var(--line);
    border-radius: 50%;
  }
  @supports (color: color-mix(in srgb, red, blue)) {
    .skeleton .ring-box {
      border-color: color-mix(in srgb, var(--line) 60%, var(--surface));
    }
  }
  .skeleton p {
    padding-block: 10px;
  }
  .ring-total {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    text-align: center;
  }
  .amounts {
    inline-size: 100%;
    border-collapse: collapse;
  }
  .amounts th,
  .amounts td {
    padding: 2px 0;
    font-weight: 400;
    text-align: start;
    vertical-align: baseline;
  }
  .amounts td {
    padding-inline-start: 12px;
    text-align: end;
  }
  .amounts tr.small > * {
    font-size: var(--small);
    line-height: var(--small-line);
    color: var(--text-muted);
  }
  .kind > tr:first-child > * {
    padding-block-start: 12px;
  }
  .kind > tr:last-child > * {
    padding-block-end: 12px;
    border-block-end: 1px solid var(--line);
  }
  /* What comes next has a line of its own. */
  .kind:last-child > tr:last-child > * {
    border-block-end: 0;
  }
  .kind > tr:first-child > th,
  .sum > tr > th,
  .sum .figure {
    font-weight: 600;
  }
  .kind > tr.small > th {
    padding-inline-start: 22px;
  }
  .debts ~ .kind > tr.small > th {
    padding-inline-start: 0;
  }
  .sum > tr > * {
    padding-block: 12px;
  }
  .debts > tr > th {
    padding-block-start: 20px;
  }
  .amounts + .fine {
    margin-block-start: 12px;
  }
  .name {
    display: inline-flex;
    align-items: center;
    gap: 10px;
  }
  .swatch {
    flex: none;
    inline-size: 12px;
    block-size: 12px;
    border-radius: 2px;
    forced-color-adjust: none;
  }
  .swatch.first {
    background: var(--accent);
  }
  .swatch.next {
    background: var(--line-strong);
  }
  .history {
    margin-block-start: calc(var(--gap) * 1.75);
    padding-block-start: calc(var(--gap) * 1.25);
    border-block-start: 1px solid var(--line);
  }
  /* Before it is drawn a canvas has a size of its own. */
  canvas {
    display: block;
    inline-size: 100%;
    max-inline-size: 100%;
    block-size: 100%;
    max-block-size: 100%;
  }
  .line-box {
    position: relative;
    block-size: 112px;
    margin-block: 12px 4px;
    border-block-end: 1px solid var(--line);
  }
  .ends {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 16px;
    max-inline-size: none;
    color: var(--text-muted);
  }
  .months > summary {
    list-style: none;
    cursor: pointer;
  }
  .months > summary::-webkit-details-marker {
    display: none;
  }
  .months[open] > summary > .icon {
    transform: rotate(180deg);
  }
  .months .amounts {
    max-inline-size: 420px;
  }
  .months tr > * {
    padding-block: 6px;
    border-block-end: 1px solid var(--line);
  }
  /* A change of their colour is a transition, however it came about. */
  .probe {
    position: absolute;
    transition: color 1ms;
  }
  .probe.surface {
    color: var(--surface);
  }
  .probe.accent {
    color: var(--accent);
  }
  .probe.second {
    color: var(--line-strong);
  }

  @container (min-width: 640px) and (min-width: 40em) {
    .root:not([data-elder]) .mix.charts {
      grid-template-columns: max(200px, 12.5em) minmax(0, 1fr);
    }
    .root:not([data-elder]) .mix.charts > .ring-box {
      inline-size: max(200px, 12.5em);
      margin-block-start: 12px;
    }
  }
  @media (forced-colors: active) {
    .probe.surface {
      color: Canvas;
    }
    .probe.accent,
    .swatch.first {
      color: CanvasText;
    }
    .swatch.first {
      background: CanvasText;
    }
    .probe.second {
      color: GrayText;
    }
    .swatch.next {
      background: GrayText;
    }
  }
  @media print {
    .ring-box,
    .line-box,
    .ends {
      display: none;
    }
  }
`;
