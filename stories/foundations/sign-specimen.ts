import { css, html } from 'lit';
import type { CSSResultGroup, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { localize } from '@liyu/model';
import { emblem } from '../../packages/widgets/src/foundation/emblem.js';
import { icon, ICON_PATHS } from '../../packages/widgets/src/foundation/icon.js';
import type { IconName } from '../../packages/widgets/src/foundation/icon.js';
import { ON_EACH_RUNG } from '../stage/rungs.js';
import { Specimen } from './specimen.js';

const SIZES = [64, 48, 32, 16] as const;

/** The emblems of all rungs in their four sizes, or all icons by name. */
export class SignSpecimen extends Specimen {
  static override styles: CSSResultGroup = [
    Specimen.styles,
    css`
      .signs {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
        gap: 20px;
      }
      .sign {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      .emblems {
        display: flex;
        align-items: center;
        gap: 16px;
      }
      .rung {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 12px;
        align-items: center;
        padding-block: 14px;
        border-block-end: 1px solid var(--line);
      }
    `,
  ];

  @property() kind: 'emblems' | 'icons' = 'emblems';

  protected override render(): TemplateResult {
    return this.kind === 'emblems' ? this.#emblems() : icons();
  }

  #emblems(): TemplateResult {
    const pending = this.locale === 'en' ? 'Being assessed' : '等级评定中';
    return html`<div class="root" lang=${this.locale}>
      ${[...ON_EACH_RUNG, null].map(
        (rung) =>
          html`<div class="rung">
            <p class="solid">${rung === null ? pending : localize(rung.label, this.locale)}</p>
            <div class="emblems">${SIZES.map((px) => emblem(rung, px))}</div>
          </div>`,
      )}
    </div>`;
  }
}

function icons(): TemplateResult {
  return html`<div class="root signs" lang="en">
    ${(Object.keys(ICON_PATHS) as IconName[]).map(
      (name) => html`<div class="sign">${icon(name)}<code>${name}</code></div>`,
    )}
  </div>`;
}

if (customElements.get('sign-specimen') === undefined) {
  customElements.define('sign-specimen', SignSpecimen);
}
