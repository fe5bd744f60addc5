import { css } from 'lit';
import { questionStyles } from './question.styles.js';

export const satisfactionFormStyles = [
  questionStyles,
  css`
    .about {
      margin-block-end: 6px;
    }
    .notes + .note,
    .body > .note {
      margin-block-end: calc(var(--gap) * 1.25);
    }
    .ratings {
      margin-block-start: 28px;
    }
    /* A floated legend is an item of the grid like any other. */
    .question.rating {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 6px 16px;
      align-items: center;
      padding-block: 14px;
      border-block-end: 1px solid var(--line);
    }
    .question.rating legend {
      float: left;
    }
    .question.listed,
    .question.paired,
    .question.text {
      margin-block-start: 24px;
    }
    .listed .options,
    .paired .options {
      margin-block-start: 8px;
    }
    textarea {
      display: block;
      inline-size: 100%;
      min-block-size: 96px;
      margin-block-start: 8px;
      padding: 11px 14px;
      border: 1px solid var(--line-strong);
      border-radius: var(--radius);
      background: var(--surface);
      resize: vertical;
    }
    textarea:focus-visible {
      border-radius: var(--radius);
    }
    .left {
      margin-block-start: 8px;
      text-align: end;
      max-inline-size: none;
    }
    .kept {
      min-block-size: var(--note-line);
      margin-block: 12px;
    }
    /* On one line with the counter, where there is room for both. */
    @container (min-width: 16em) {
      .question.text:not(.faulty) + .kept {
        max-inline-size: 60%;
        margin-block: calc(-1 * var(--note-line)) 12px;
      }
    }
    .fault {
      display: flex;
      gap: 6px;
      align-items: center;
      margin-block-start: 8px;
      font-size: var(--small);
      line-height: var(--small-line);
      color: var(--negative);
    }
    .call-back {
      position: relative;
      display: flex;
      gap: 12px;
      align-items: flex-start;
      min-block-size: var(--target);
      padding-block: 8px;
      cursor: pointer;
    }
    .call-back .small {
      display: block;
    }
    .call-back input {
      flex: none;
      inline-size: 20px;
      block-size: 20px;
      margin-block-start: 3px;
      accent-color: var(--accent);
    }
    .root[data-elder] .call-back input {
      inline-size: 28px;
      block-size: 28px;
    }
    .decline {
      margin-inline-start: auto;
    }
    .root[data-elder] .decline {
      margin-inline-start: 0;
    }
    .root[data-elder] .declining .acts {
      row-gap: 8px;
    }
    form > .acts {
      margin-block-start: 20px;
    }
    .declining {
      margin-block-start: 12px;
    }
    .foot + .declining {
      margin-block-start: 24px;
    }
    .declining .acts {
      margin-block: 8px 0;
    }
    .outcome .headline {
      outline: none;
    }
    .outcome .status + .headline {
      margin-block-start: 8px;
    }
    .outcome .muted {
      margin-block-start: 8px;
    }
    .body > p + .small {
      margin-block-start: 8px;
    }
    .block.ask {
      inline-size: 16em;
      block-size: 24px;
    }
    .block.choice {
      inline-size: 100%;
      block-size: calc(var(--target) + 4px);
      margin: 0;
      border-radius: var(--radius);
    }

    @container (min-width: 560px) {
      .root:not([data-elder]) .question.rating {
        grid-template-columns: minmax(0, 1fr) 308px;
      }
      .root:not([data-elder]) .question.rating .fault {
        grid-column: 1 / -1;
      }
    }
  `,
];
