import { css } from 'lit';

/**
 * An option is a label with a real input in it. Its edge is an element of its own behind them, so that
 * edge, fill and weight of the chosen one hang on `:checked` and old browsers need no :has().
 */
export const questionStyles = css`
  .question:first-child .title {
    font-size: var(--headline);
    line-height: var(--headline-line);
  }
  /* Balanced lines would end within a Chinese word. */
  .question:lang(zh) .title {
    text-wrap: pretty;
  }
  .ask {
    font-weight: 600;
  }
  .options {
    display: grid;
    gap: 8px;
    margin-block-start: var(--gap);
  }
  .option {
    position: relative;
    isolation: isolate;
    display: flex;
    align-items: center;
    gap: 12px;
    min-inline-size: 0;
    min-block-size: calc(var(--target) + 4px);
    padding: 8px 14px;
    cursor: pointer;
  }
  .edge {
    position: absolute;
    inset: 0;
    z-index: -1;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .option:hover .edge {
    border-color: var(--text);
  }
  .option input {
    appearance: none;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    border: 1.5px solid var(--line-strong);
    border-radius: 50%;
    outline: none;
    background: var(--surface);
    cursor: inherit;
  }
  .option input:checked {
    border: 6px solid var(--accent);
  }
  input:checked ~ .edge {
    border-color: var(--accent);
    box-shadow: inset 0 0 0 1px var(--accent);
    background: var(--accent-soft);
  }
  input:checked ~ .answer {
    font-weight: 600;
  }
  input:checked ~ .answer .figure {
    color: var(--accent);
  }
  .option input:focus-visible ~ .edge {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  input:disabled ~ .answer {
    color: var(--text-muted);
  }
  input:disabled ~ .edge {
    border-color: var(--line);
  }

  /* A number is its own dot: the input lies, unseen, in the lower half of the box. */
  .eleven .option,
  .seven .option,
  .rating .option {
    justify-content: center;
    padding: 0;
  }
  .eleven input,
  .seven input,
  .rating input {
    position: absolute;
    inset: auto 0 0;
    inline-size: 100%;
    block-size: 40%;
    opacity: 0;
  }
  .rating .option {
    min-block-size: var(--target);
  }
  .eleven .options {
    grid-template-columns: repeat(6, minmax(0, 1fr));
  }
  /* Seven in a row would be narrower than a finger on a phone. */
  .seven .options {
    grid-template-columns: repeat(4, minmax(0, 1fr));
  }
  .rating .options {
    grid-template-columns: repeat(5, minmax(0, 1fr));
    margin-block-start: 0;
  }
  .paired .options {
    grid-template-columns: repeat(2, minmax(0, 1fr));
    max-inline-size: 320px;
  }
  .ends {
    display: flex;
    justify-content: space-between;
    gap: 16px;
    max-inline-size: none;
    margin-block-start: 8px;
    font-size: var(--small);
    line-height: var(--small-line);
    color: var(--text-muted);
  }
  .ends > :last-child {
    text-align: end;
  }

  .root[data-elder] .option input {
    inline-size: 28px;
    block-size: 28px;
  }
  .root[data-elder] .option input:checked {
    border-width: 9px;
  }
  .root[data-elder] .option {
    padding-inline: 18px;
  }
  .root[data-elder] .eleven .option,
  .root[data-elder] .seven .option,
  .root[data-elder] .rating .option {
    padding-inline: 0;
  }
  .root[data-elder] .eleven input,
  .root[data-elder] .seven input,
  .root[data-elder] .rating input {
    inline-size: 100%;
    block-size: 40%;
  }

  /* In em too: five in a row where letters are as large as they are meant. */
  @container (min-width: 560px) and (min-width: 35em) {
    .root:not([data-elder]) .worded .options {
      grid-template-columns: repeat(5, minmax(0, 1fr));
    }
    .root:not([data-elder]) .worded .option {
      flex-direction: column;
      gap: 8px;
      padding: 14px 4px;
      text-align: center;
      overflow-wrap: normal;
    }
    .root:lang(en):not([data-elder]) .worded .option {
      font-size: var(--small);
      line-height: var(--small-line);
    }
    .root:not([data-elder]) .worded .block.choice {
      block-size: 78px;
    }
    .root:not([data-elder]) .seven .options {
      grid-template-columns: repeat(7, minmax(0, 1fr));
    }
    .root:not([data-elder]) .eleven .options {
      grid-template-columns: repeat(11, minmax(0, 1fr));
    }
  }
  @media (forced-colors: active) {
    input:checked ~ .edge {
      outline: 3px solid Highlight;
      outline-offset: -2px;
    }
    .option input:focus-visible ~ .edge {
      outline: 3px solid CanvasText;
      outline-offset: 2px;
    }
  }
`;
