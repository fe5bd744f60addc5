import { css, LitElement } from 'lit';
import type { CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import { resetStyles } from '../../packages/widgets/src/foundation/styles/reset.styles.js';
import { textStyles } from '../../packages/widgets/src/foundation/styles/text.styles.js';
import { tokenStyles } from '../../packages/widgets/src/foundation/styles/tokens.styles.js';

/**
 * Shows a part of the foundations with the styles that the widgets have: what stands inside `.root`
 * looks as it does in a widget.
 */
export abstract class Specimen extends LitElement {
  static override styles: CSSResultGroup = [
    tokenStyles,
    resetStyles,
    textStyles,
    css`
      table {
        inline-size: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        padding: 12px 20px 12px 0;
        border-block-end: 1px solid var(--line);
        text-align: start;
        vertical-align: middle;
        font-weight: 400;
      }
      thead th {
        font-size: var(--small);
        line-height: var(--small-line);
        color: var(--text-muted);
      }
      code {
        font-family: ui-monospace, 'SFMono-Regular', Consolas, monospace;
        font-size: 13px;
        line-height: 20px;
      }
    `,
  ];

  /** Language of the sample words. */
  @property() locale: 'zh-CN' | 'en' = 'zh-CN';
}
