import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Language } from '../messages/language.js';
import { icon } from './icon.js';
import { note, status, unseen } from './text.js';

/** The states that every data widget has. */
export type WidgetState = 'loading' | 'empty' | 'ready' | 'error' | 'signedOut';

/** All that the shared renderer shows of a widget; the parts are made only when they are needed. */
export interface Frame {
  /** Null until the catalogue is here: the skeleton needs no words. */
  language: Language | null;
  state: WidgetState;
  phase: string | null;
  offline: boolean;
  offlineNote: boolean;
  stale: boolean;
  density: 'compact' | null;
  bare: boolean;
  elder: boolean;
  /** Whether it stands in a line of text, as the small badge does. */
  inline: boolean;
  /** What stands above the notes: the heading, or whom and what the widget is about. */
  head: () => unknown;
  skeleton: () => unknown;
  body: (language: Language) => unknown;
  empty: (language: Language) => unknown;
  foot: (language: Language) => unknown;
  failed: (language: Language) => string;
  signedOut: (language: Language) => string;
  /** Null where nothing can be fetched: the page gave the data. */
  retry: (() => void) | null;
}

/**
 * The one function that renders the states of every widget. A browser's translation puts elements of its own
 * in place of texts, and what changes after that would never be seen: an old amount, an old level. So none
 * is made here; the widgets speak for themselves.
 */
export function renderFrame(frame: Frame): TemplateResult {
  const { language, state } = frame;
  const loading = language === null || state === 'loading';
  return html`<div
    class="root ${frame.inline ? 'inline' : 'framed'}"
    part="root"
    lang=${language?.locale ?? 'zh-CN'}
    translate="no"
    data-state=${loading ? 'loading' : state}
    data-phase=${frame.phase ?? nothing}
    ?data-offline=${frame.offline}
    ?data-stale=${frame.stale}
    ?data-compact=${frame.density === 'compact'}
    ?data-bare=${frame.bare}
    ?data-elder=${frame.elder}
    aria-busy=${loading ? 'true' : nothing}
  >
    <div class="inner">
      ${loading ? nothing : frame.head()}
      <div class="notes" role="status">${loading ? nothing : notes(frame, language)}</div>
      ${
        loading
          ? html`<div class="skeleton">
              ${language === null ? nothing : unseen(language.say('loading'))}${frame.skeleton()}
            </div>`
          : body(frame, language)
      }
      ${loading || state !== 'ready' ? nothing : frame.foot(language)}
    </div>
  </div>`;
}

/** No box where there is nothing to say. */
function body(frame: Frame, language: Language): unknown {
  const content = inside(frame, language);
  return content === nothing ? nothing : html`<div class="body" part="body">${content}</div>`;
}

function inside(frame: Frame, language: Language): unknown {
  switch (frame.state) {
    case 'ready':
      return frame.body(language);
    case 'empty':
      return frame.empty(language);
    case 'signedOut':
      return html`<p>${frame.signedOut(language)}</p>`;
    default:
      return nothing;
  }
}

function notes(frame: Frame, language: Language): unknown {
  if (frame.state === 'error') {
    return failure(language, frame.failed(language), frame.retry, frame.inline);
  }
  if (!frame.offlineNote || frame.state === 'signedOut') return nothing;
  return frame.inline
    ? status('offline', language.say('offlineShort'))
    : note('offline', html`<p>${language.say('offline')}</p>`);
}

/** What couldn't be fetched, that nothing has changed, and a way to try again. */
export function failure(
  language: Language,
  words: string,
  retry: (() => void) | null,
  inline = false,
): TemplateResult {
  const again =
    retry === null
      ? nothing
      : html`<button type="button" class="link" @click=${retry}>
          ${language.say('retry')}${icon('refresh')}
        </button>`;
  if (inline) return html`${status('alert', words, 'negative')} ${again}`;
  return note(
    'alert',
    html`<p><b>${words}</b></p>
      ${
        retry === null
          ? nothing
          : html`<p>${language.say('errorCause')}</p>
              <div class="acts">${again}</div>`
      }`,
    'negative',
  );
}
