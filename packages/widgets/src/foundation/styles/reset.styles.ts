import { css } from 'lit';

/**
 * The host's own rules reach `:host` and are inherited from there; a rule with !important beats
 * anything said on `:host`. So everything that is inherited is set anew on the inner root.
 */
export const resetStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    all: initial;
    /* The two that \`all\` leaves out. */
    direction: ltr;
    unicode-bidi: isolate;
    display: block;
    box-sizing: border-box;
    color-scheme: inherit;
    visibility: inherit;
    color: var(--text);
    font-family: var(--font);
    font-size: var(--text-size);
    line-height: var(--text-line);
    font-variant-numeric: lining-nums;
    overflow-wrap: anywhere;
    line-break: strict;
    text-autospace: normal;
    text-spacing-trim: trim-start;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  .root *,
  .root *::before,
  .root *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  p,
  ul,
  dl,
  dt,
  dd,
  fieldset,
  legend {
    margin: 0;
    padding: 0;
    border: 0;
    font-size: inherit;
    font-weight: inherit;
    line-height: inherit;
  }
  fieldset {
    min-inline-size: 0;
  }
  ul {
    list-style: none;
  }
  b {
    font-weight: 600;
  }
  p {
    text-wrap: pretty;
    max-inline-size: 640px;
  }
  button,
  input,
  textarea {
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
    margin: 0;
  }
  button {
    padding: 0;
    border: 0;
    background: none;
    text-align: inherit;
    cursor: pointer;
  }
  a {
    cursor: pointer;
  }
  svg {
    display: block;
    flex: none;
  }
`;
