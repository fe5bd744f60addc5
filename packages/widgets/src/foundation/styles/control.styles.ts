import { css } from 'lit';

/** Buttons and links. */
export const controlStyles = css`
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 2px;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: var(--target);
    min-inline-size: 88px;
    padding: 6px 18px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
    font-size: var(--small);
    line-height: var(--small-line);
    text-decoration: none;
  }
  .button:focus-visible {
    border-radius: var(--radius);
  }
  .button:hover {
    border-color: var(--text);
  }
  .button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  .button.primary:hover {
    border-color: var(--text);
  }
  .button[disabled] {
    border-color: var(--line);
    background: var(--sunken);
    color: var(--text-muted);
    cursor: default;
  }
  .link {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: var(--target);
    color: var(--accent);
    font-size: var(--small);
    line-height: var(--small-line);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.28em;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px 16px;
  }
  .root[data-elder] .acts > .button {
    inline-size: 100%;
  }
  @supports (color: color-mix(in srgb, red, blue)) {
    .link {
      text-decoration-color: color-mix(in srgb, currentColor 45%, transparent);
    }
    .link:hover {
      text-decoration-color: currentColor;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .button {
      transition:
        border-color 120ms linear,
        background-color 120ms linear;
    }
  }
  @media print {
    .button,
    .link {
      display: none;
    }
  }
`;
