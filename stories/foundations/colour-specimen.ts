import { css, html, nothing } from 'lit';
import type { CSSResultGroup, TemplateResult } from 'lit';
import { Specimen } from './specimen.js';
import { COLOUR_ROLES, colourOf, contrast } from './token-values.js';
import type { ColourRole } from './token-values.js';

type Scheme = 'light' | 'dark';

/** What each role is for, and what it stands on besides the surface. */
const USES: Readonly<Record<string, { use: string; on?: string }>> = {
  surface: { use: 'background of a widget' },
  sunken: { use: 'quiet fill: notes, results, disabled controls' },
  line: { use: 'hairline between rows; never the only edge of a control' },
  'line-strong': { use: 'edge of a control, 3:1 or better', on: 'sunken' },
  text: { use: 'text', on: 'sunken' },
  'text-muted': { use: 'second text', on: 'sunken' },
  accent: { use: 'what can be pressed, what is selected', on: 'accent-soft' },
  'on-accent': { use: 'text on the accent' },
  'accent-soft': { use: 'fill of the selected option' },
  emblem: { use: 'the emblem of a level, one colour' },
  notice: { use: 'pending, watch month, old data', on: 'notice-soft' },
  'notice-soft': { use: 'fill behind it' },
  positive: { use: 'confirmed, applied', on: 'positive-soft' },
  'positive-soft': { use: 'fill behind it' },
  negative: { use: 'refused, failed; never for a level', on: 'negative-soft' },
  'negative-soft': { use: 'fill behind it' },
};
const FILLS = ['surface', 'sunken', 'accent-soft', 'notice-soft', 'positive-soft', 'negative-soft'];

/** Every colour role in both schemes, with its contrast on what it stands on. */
export class ColourSpecimen extends Specimen {
  static override styles: CSSResultGroup = [
    Specimen.styles,
    css`
      .swatch {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 10px 14px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        color: var(--text);
        background: var(--surface);
      }
      .swatch.light {
        color-scheme: light;
      }
      .swatch.dark {
        color-scheme: dark;
      }
      .patch {
        flex: none;
        inline-size: 44px;
        block-size: 44px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--shown);
      }
      .swatch p + p {
        color: var(--text-muted);
      }
      @container (max-width: 700px) {
        .swatch {
          margin-block-start: 8px;
        }
        tr,
        td,
        th {
          display: block;
          border: 0;
          padding: 2px 0;
        }
        thead {
          display: none;
        }
        tr {
          padding-block: 12px;
          border-block-end: 1px solid var(--line);
        }
      }
      .sheet {
        container-type: inline-size;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<div class="root sheet" lang="en">
      <table>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Light</th>
            <th scope="col">Dark</th>
          </tr>
        </thead>
        <tbody>
          ${COLOUR_ROLES.map(
            (role) =>
              html`<tr>
                <th scope="row">
                  <p><code>--liyu-${role.name}</code></p>
                  <p class="fine">${USES[role.name]?.use ?? nothing}</p>
                </th>
                <td>${this.#swatch(role, 'light')}</td>
                <td>${this.#swatch(role, 'dark')}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  protected override updated(): void {
    for (const patch of this.renderRoot.querySelectorAll<HTMLElement>('.patch')) {
      patch.style.setProperty('--shown', `var(--${patch.dataset.role})`);
    }
  }

  #swatch(role: ColourRole, scheme: Scheme): TemplateResult {
    return html`<div class="root swatch ${scheme}" lang="en">
      <span class="patch" data-role=${role.name}></span>
      <div>
        <p><code>${role[scheme]}</code></p>
        <p class="fine">${ratios(role, scheme)}</p>
      </div>
    </div>`;
  }
}

/** `16.09 on surface, 14.86 on sunken`; nothing for a fill. */
function ratios({ name }: ColourRole, scheme: Scheme): string {
  if (FILLS.includes(name)) return '';
  const grounds = name === 'on-accent' ? ['accent'] : ['surface', USES[name]?.on];
  return grounds
    .filter((ground) => ground !== undefined)
    .map((ground) => {
      const ratio = contrast(colourOf(name, scheme), colourOf(ground, scheme));
      return `${ratio.toFixed(2)} on ${ground}`;
    })
    .join(', ');
}

if (customElements.get('colour-specimen') === undefined) {
  customElements.define('colour-specimen', ColourSpecimen);
}
