import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Redemption } from '@liyu/model';
import { dayOfYear } from '../foundation/calendar.js';
import { note, solid, status, unseen } from '../foundation/text.js';
import type { Language } from '../messages/language.js';
import type { SourceStatus } from '../source.js';
import type { Benefits, NamedBenefit } from './benefit-groups.js';
import type { UseRequest } from './use-request.js';

/** What the rows of a benefit need to show how it is used. */
export interface UseFacts {
  benefit: NamedBenefit;
  request: UseRequest;
  status: SourceStatus | null;
  /** Requests whose code is shown. */
  shown: ReadonlySet<string>;
  onShow: (redemption: string) => void;
  language: Language;
}

/** The first step: a button, where a use is left and the benefit can be asked for. */
export function useButton({ benefit, request, language }: UseFacts): unknown {
  const { held, name, uses } = benefit;
  const isLeft = held.state === 'AVAILABLE' && uses.left !== null && uses.left > 0;
  if (!request.possible || !isLeft || request.stepOf(held.benefit) !== 'closed') return nothing;
  return html`<div class="act">
    <button
      type="button"
      class="button use-of"
      data-benefit=${held.benefit}
      @click=${() => request.ask(held.benefit)}
    >
      <span
        >${language.say('benefit.use')}${language.locale === 'en' ? ' ' : ''}${unseen(name)}</span
      >
    </button>
  </div>`;
}

/** Below the row: the second step, and what has become of earlier requests. */
export function useView(facts: UseFacts): unknown {
  const { benefit, request } = facts;
  const { held, uses } = benefit;
  const step = request.stepOf(held.benefit);
  const outcomes = [
    ...(uses.pending.length > 0 ? [pendingLine(facts)] : []),
    ...uses.confirmed.map((redemption) => confirmedLine(redemption, facts)),
    ...failedLine(facts),
  ];
  return html`${step === 'closed' ? nothing : question(facts)}
  ${
    outcomes.length === 0
      ? nothing
      : html`<ul class="outcomes">
          ${outcomes}
        </ul>`
  }`;
}

/** What the bank made of the last request of this page, for those who don't see the row change. */
export function useOutcome(
  { answer }: UseRequest,
  { groups }: Benefits,
  language: Language,
): string {
  if (answer === null) return '';
  const all = groups.flatMap(({ benefits }) => benefits);
  const name = all.find(({ held }) => held.benefit === answer.benefit)?.name ?? '';
  const word = language.say(answer.state === 'rejected' ? 'benefit.rejected' : 'benefit.confirmed');
  return language.say('benefit.answer', { name, word });
}

function question({ benefit, request, status: source, language }: UseFacts): TemplateResult {
  const { held, uses } = benefit;
  const { benefit: id } = held;
  const isSending = request.stepOf(id) === 'sending';
  const before = uses.left ?? 0;
  const say = language.say.bind(language);
  return html`<div class="question" aria-busy=${isSending ? 'true' : nothing}>
    <p class="question-of" data-benefit=${id} tabindex="-1">
      ${say('benefit.useWhat', { before, after: Math.max(0, before - 1) })}
    </p>
    ${
      source?.offline === true
        ? html`<p class="small muted">
            ${say('benefit.useOffline')}${source.memory ? say('survey.keepPage') : nothing}
          </p>`
        : nothing
    }
    ${
      request.failedFor(id)
        ? html`<div role="alert">
            ${note('alert', html`<p>${say('benefit.saveFailed')}</p>`, 'negative')}
          </div>`
        : nothing
    }
    <div class="acts">
      <button
        type="button"
        class="button primary confirm"
        data-guarded
        ?disabled=${isSending}
        @click=${() => void request.confirm()}
      >
        ${say(isSending ? 'benefit.sending' : 'benefit.confirm')}
      </button>
      <button type="button" class="button" ?disabled=${isSending} @click=${() => request.cancel()}>
        ${say('benefit.back')}
      </button>
    </div>
  </div>`;
}

function pendingLine({ benefit, language }: UseFacts): TemplateResult {
  const { held, uses } = benefit;
  const words =
    uses.left === null
      ? language.say('benefit.pendingLine')
      : language.say('benefit.pendingWhat', { n: uses.left });
  return html`<li class="outcome-of" data-benefit=${held.benefit} tabindex="-1">
    ${status('clock', language.say('benefit.pending'), 'notice')}
    <span class="small muted">${words}</span>
  </li>`;
}

function confirmedLine(redemption: Redemption, facts: UseFacts): TemplateResult {
  const { benefit, language, shown, onShow } = facts;
  const { id, code, validUntil } = redemption;
  const isShown = shown.has(id);
  const until =
    validUntil === null
      ? nothing
      : html`<span class="small muted">
          ${language.compose('benefit.confirmedWhat', {
            date: solid(dayOfYear(validUntil, language.locale)),
          })}
        </span>`;
  const button =
    code === null
      ? nothing
      : html`<button
          type="button"
          class="link"
          aria-expanded=${isShown ? 'true' : 'false'}
          @click=${() => onShow(id)}
        >
          ${language.say(isShown ? 'benefit.hide' : 'benefit.show')}${unseen(benefit.name)}
        </button>`;
  return html`<li class="outcome-of" data-benefit=${benefit.held.benefit} tabindex="-1">
    ${status('check-circle', language.say('benefit.confirmed'), 'positive')} ${until} ${button}
    ${
      isShown
        ? html`<p class="code" part="code">
            ${unseen(language.say('benefit.code'))}<span class="figure" translate="no"
              >${code}</span
            >
          </p>`
        : nothing
    }
  </li>`;
}

function failedLine({ benefit, request, language }: UseFacts): TemplateResult[] {
  const { failed } = benefit.uses;
  const { benefit: id } = benefit.held;
  if (failed === null && !request.refusedFor(id)) return [];
  const lapsed = failed !== null && failed.state !== 'rejected';
  const words =
    failed !== null && lapsed
      ? language.compose('benefit.expiredWhat', {
          date: solid(dayOfYear(failed.validUntil ?? '', language.locale)),
        })
      : language.compose('benefit.rejectedWhat', {
          reason: language.say(reasonKey(failed?.reason ?? null)),
        });
  const sign = lapsed
    ? status('clock', language.say('benefit.expired'))
    : status('close', language.say('benefit.rejected'), 'negative');
  return [
    html`<li class="outcome-of" data-benefit=${id} tabindex="-1">
      ${sign} <span class="small muted">${words}</span>
    </li>`,
  ];
}

/** Words for a code of `REDEMPTION_REASONS`; a customer can do nothing about the others. */
function reasonKey(code: string | null) {
  switch (code) {
    case 'quota_used':
    case 'locked':
    case 'suspended':
    case 'not_entitled':
      return `benefit.reason.${code}` as const;
    case 'no_entitlement':
      return 'benefit.reason.not_entitled';
    default:
      return 'benefit.reason.other';
  }
}
