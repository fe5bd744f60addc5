import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { localize } from '@liyu/model';
import type { Holding } from '@liyu/model';
import { monthOf } from '../foundation/calendar.js';
import { briefMoney, money } from '../foundation/figures.js';
import { icon } from '../foundation/icon.js';
import { solid, unseen } from '../foundation/text.js';
import type { Language } from '../messages/language.js';
import type { AssetGroup, Mix, MixGroup, MonthlyTotal } from './mix-of.js';

interface TableFacts {
  language: Language;
  /** Whether amounts are shown. */
  shown: boolean;
  /** Whether an amount is rounded; of a table, whether it leaves the single products out. */
  brief?: boolean;
}

/** An amount, or that it is hidden; it isn't in the page while it is hidden. */
export function amountOf(
  fen: number | null,
  { language, shown, brief = false }: TableFacts,
): unknown {
  if (fen === null) return html`<span class="muted">${language.say('asset.unknown')}</span>`;
  if (!shown) {
    return html`<span class="figure" aria-hidden="true">******</span>${unseen(
        language.say('card.hiddenAmount'),
      )}`;
  }
  return html`<span class="figure">${brief ? briefMoney(fen, language.locale) : money(fen)}</span>`;
}

/** All that the ring shows and more, as a table: each kind with its products, then what is owed. */
export function mixTable({ assets, debts, totalFen }: Mix, facts: TableFacts): TemplateResult {
  const { language } = facts;
  const say = language.say.bind(language);
  return html`<table class="amounts">
    <caption class="unseen">
      ${say('asset.table')}
    </caption>
    <thead class="unseen">
      <tr>
        <th scope="col">${say('asset.product')}</th>
        <th scope="col">${say('asset.share')}</th>
        <th scope="col">${say('asset.amount')}</th>
      </tr>
    </thead>
    ${assets.map((group, at) => groupRows(group, at, facts))}
    ${
      assets.length > 1
        ? html`<tbody class="sum">
            <tr>
              <th scope="row">${say('asset.assets')}</th>
              <td></td>
              <td>${amountOf(totalFen, { language, shown: facts.shown })}</td>
            </tr>
          </tbody>`
        : nothing
    }
    ${
      debts.length === 0
        ? nothing
        : html`<tbody class="debts">
              <tr>
                <th scope="rowgroup" colspan="3" class="small muted">${say('asset.debts')}</th>
              </tr>
            </tbody>
            ${debts.map((group) => groupRows(group, null, facts))}`
    }
  </table>`;
}

function groupRows(
  group: MixGroup & Partial<Pick<AssetGroup, 'percent'>>,
  at: number | null,
  { language, shown, brief = false }: TableFacts,
): TemplateResult {
  const { kind, holdings, fen, percent } = group;
  const facts = { language, shown };
  const swatch =
    at === null ? nothing : html`<span class="swatch ${at === 0 ? 'first' : 'next'}"></span>`;
  return html`<tbody class="kind">
    <tr>
      <th scope="rowgroup">
        <span class="name">${swatch}${language.say(`asset.kind.${kind}`)}</span>
      </th>
      <td>${percent == null ? nothing : html`<span class="figure">${percent}%</span>`}</td>
      <td>${amountOf(fen, facts)}</td>
    </tr>
    ${brief ? nothing : holdings.map((holding) => productRow(holding, facts))}
  </tbody>`;
}

function productRow(holding: Holding, facts: TableFacts): TemplateResult {
  const name = localize(holding.name, facts.language.locale);
  return html`<tr class="small muted">
    <th scope="row" colspan="2">${name}</th>
    <td>${amountOf(holding.amountFen, facts)}</td>
  </tr>`;
}

/** The points of the line, opened by whoever wants to read them. */
export function historyTable(
  totals: readonly MonthlyTotal[],
  { language, shown }: TableFacts,
): TemplateResult {
  const { locale } = language;
  const [first, last] = [totals[0]!, totals[totals.length - 1]!];
  const end = ({ on, fen }: MonthlyTotal) =>
    html`<span
      >${solid(monthOf(on, locale))} ${amountOf(fen, { language, shown, brief: true })}</span
    >`;
  return html`<p class="ends small" aria-hidden="true">${end(first)}${end(last)}</p>
    <details class="months">
      <summary class="link">${language.say('asset.months')}${icon('chevron-down')}</summary>
      <table class="amounts">
        <caption class="unseen">
          ${language.say('asset.history')}
        </caption>
        <thead class="unseen">
          <tr>
            <th scope="col">${language.say('asset.month')}</th>
            <th scope="col">${language.say('asset.amount')}</th>
          </tr>
        </thead>
        <tbody>
          ${[...totals].reverse().map(
            ({ on, fen }) =>
              html`<tr>
                <th scope="row">${solid(monthOf(on, locale))}</th>
                <td>${amountOf(fen, { language, shown })}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>`;
}
