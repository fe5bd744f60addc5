import { css } from 'lit';

export const whatIfStyles = css`
  .outcome {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 18px;
    align-items: center;
    padding: 18px 20px;
    border-radius: var(--radius);
    background: var(--sunken);
  }
  .outcome-name {
    font-size: var(--title);
    line-height: var(--title-line);
    font-weight: 600;
  }
  .sliders {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px 40px;
    margin-block-start: 8px;
  }
  .slider {
    display: flex;
    flex-direction: column;
    justify-content: space-between;
    padding-block: 14px;
    border-block-end: 1px solid var(--line);
  }
  .slider-head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 12px;
  }
  .slider-value {
    margin-inline-start: auto;
    display: inline-flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 10px;
  }
  .tried .slider-value > .figure {
    color: var(--accent);
    font-weight: 600;
  }
  .track {
    display: grid;
    grid-template-columns: var(--target) minmax(0, 1fr) var(--target);
    gap: 12px;
    align-items: center;
    margin-block-start: 8px;
  }
  .track input {
    inline-size: 100%;
    block-size: var(--target);
    accent-color: var(--accent);
    cursor: pointer;
  }
  .step {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    inline-size: var(--target);
    block-size: var(--target);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .step:hover {
    border-color: var(--text);
  }
  .step:focus-visible {
    border-radius: var(--radius);
  }
  .step[aria-disabled] {
    border-color: var(--line);
    color: var(--text-muted);
    cursor: default;
  }
  .reset {
    margin-block-start: 8px;
  }
  .link[aria-disabled] {
    color: var(--text-muted);
    text-decoration: none;
    cursor: default;
  }
  @container (min-width: 640px) {
    .root:not([data-elder]) .sliders {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .step {
      transition: border-color 120ms linear;
    }
  }
  @media (forced-colors: active) {
    .outcome {
      border: 1px solid CanvasText;
    }
  }
  @media print {
    .track,
    .reset {
      display: none;
    }
  }
`;
