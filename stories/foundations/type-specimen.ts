import { css, html } from 'lit';
import type { CSSResultGroup, TemplateResult } from 'lit';
import { Specimen } from './specimen.js';

/** The roles of text: the class, what it is for, and words as they stand in a widget. */
const ROLES = [
  {
    css: 'headline solid',
    name: 'head',
    use: 'level, outcome',
    zh: 'VIP客户1级',
    en: 'VIP 1',
  },
  {
    css: 'title',
    name: 'title',
    use: 'widget, question',
    zh: '您对本次办理业务是否满意？',
    en: 'How satisfied were you with this visit?',
  },
  {
    css: '',
    name: 'body',
    use: 'text, names of things',
    zh: '我们为您做过的、答应过您的，都会记在这里。',
    en: 'What we did for you and promised you is kept here.',
  },
  {
    css: 'small',
    name: 'small',
    use: 'second lines, buttons, status',
    zh: '全年6次，已用2次；本年度至12月31日',
    en: '6 a year, 2 used; this year ends on 31 Dec',
  },
  {
    css: 'fine',
    name: 'note',
    use: 'dates, sources',
    zh: '次数由银行核定。数据更新于 2026年11月12日',
    en: 'The bank decides on the number. Data as of 12 November 2026',
  },
] as const;
const EDITIONS = ['default', 'compact', 'elder'] as const;

/** The roles of text in the three editions; sizes are measured, not written down. */
export class TypeSpecimen extends Specimen {
  static override styles: CSSResultGroup = [
    Specimen.styles,
    css`
      .edition + .edition {
        margin-block-start: 36px;
      }
      .row {
        display: grid;
        grid-template-columns: 150px minmax(0, 1fr);
        gap: 4px 24px;
        align-items: baseline;
        padding-block: 12px;
        border-block-start: 1px solid var(--line);
      }
      .name {
        font-weight: 600;
        padding-block-end: 8px;
      }
      .label {
        font-size: 13px;
        line-height: 20px;
        color: var(--text-muted);
      }
      @media (max-width: 600px) {
        .row {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`${EDITIONS.map(
      (edition) =>
        html`<section
          class="root edition"
          lang=${this.locale}
          ?data-compact=${edition === 'compact'}
          ?data-elder=${edition === 'elder'}
        >
          <h2 class="name" lang="en">${edition}</h2>
          ${ROLES.map(
            (role) =>
              html`<div class="row">
                <p class="label" lang="en">
                  ${role.name} <span class="size"></span><br />${role.use}
                </p>
                <p class="sample ${role.css}">${this.locale === 'en' ? role.en : role.zh}</p>
              </div>`,
          )}
        </section>`,
    )}`;
  }

  protected override updated(): void {
    for (const row of this.renderRoot.querySelectorAll('.row')) {
      const { fontSize, lineHeight, fontWeight } = getComputedStyle(row.querySelector('.sample')!);
      const size = row.querySelector('.size')!;
      size.textContent = `${parseFloat(fontSize)}/${parseFloat(lineHeight)}, ${fontWeight}`;
    }
  }
}

if (customElements.get('type-specimen') === undefined) {
  customElements.define('type-specimen', TypeSpecimen);
}
