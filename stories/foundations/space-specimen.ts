import { css, html } from 'lit';
import type { CSSResultGroup, TemplateResult } from 'lit';
import { Specimen } from './specimen.js';

const LENGTHS = [
  { name: 'radius', use: 'corner of a control; 1.5 of it at the edge of a widget' },
  { name: 'pad', use: 'edge of a widget to what stands in it; 28 from 560 wide, 32 from 860' },
  { name: 'gap', use: 'between rows; 1.25 and 1.5 of it between parts' },
  { name: 'target', use: 'least height of what can be pressed' },
  { name: 'icon', use: 'sign beside text' },
  { name: 'icon-small', use: 'sign beside a status word' },
] as const;
const EDITIONS = ['default', 'compact', 'elder'] as const;

/** Lengths in the three editions; they are measured, not written down. */
export class SpaceSpecimen extends Specimen {
  static override styles: CSSResultGroup = [
    Specimen.styles,
    css`
      td {
        inline-size: 84px;
      }
      .bar {
        display: block;
        block-size: 12px;
        background: var(--accent);
        inline-size: var(--shown);
        margin-block-start: 4px;
      }
      td .root {
        display: inline-block;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<div class="root" lang="en">
      <table>
        <thead>
          <tr>
            <th scope="col">Length</th>
            ${EDITIONS.map((edition) => html`<th scope="col">${edition}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${LENGTHS.map(
            ({ name, use }) =>
              html`<tr>
                <th scope="row">
                  <p><code>${name}</code></p>
                  <p class="fine">${use}</p>
                </th>
                ${EDITIONS.map(
                  (edition) =>
                    html`<td>
                      <div
                        class="root"
                        lang="en"
                        ?data-compact=${edition === 'compact'}
                        ?data-elder=${edition === 'elder'}
                      >
                        <span class="figure"></span><span class="bar" data-length=${name}></span>
                      </div>
                    </td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  protected override updated(): void {
    for (const bar of this.renderRoot.querySelectorAll<HTMLElement>('.bar')) {
      bar.style.setProperty('--shown', `var(--${bar.dataset.length})`);
      bar.previousElementSibling!.textContent = `${bar.getBoundingClientRect().width}`;
    }
  }
}

if (customElements.get('space-specimen') === undefined) {
  customElements.define('space-specimen', SpaceSpecimen);
}
