import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Source } from '../source.js';
import type { Draft } from './draft.js';

/** Pause after the last key before a draft is written. */
const WRITE_AFTER_MS = 300;

export type KeptState = 'unchanged' | 'waiting' | 'kept' | 'failed';

/**
 * Writes drafts to the source: soon after a change, and at once when the page is left. Without a
 * source it keeps nothing.
 */
export class DraftKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #pending: { source: Source; key: string; draft: Draft } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: KeptState = 'unchanged';

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** How the last change stands. */
  get state(): KeptState {
    return this.#state;
  }

  hostConnected(): void {
    window.addEventListener('pagehide', this.#onLeave);
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  hostDisconnected(): void {
    window.removeEventListener('pagehide', this.#onLeave);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    void this.flush();
  }

  keep(source: Source, key: string, draft: Draft): void {
    this.#pending = { source, key, draft };
    this.#set('waiting');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), WRITE_AFTER_MS);
  }

  /** Writes what waits to be written, now. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const pending = this.#pending;
    if (pending === null) return;
    this.#pending = null;
    try {
      await pending.source.saveDraft(pending.key, pending.draft);
      if (this.#pending === null) this.#set('kept');
    } catch {
      this.#set('failed');
    }
  }

  /** Forgets the draft, here and in the source. */
  async clear(source: Source, key: string): Promise<void> {
    clearTimeout(this.#timer);
    this.#pending = null;
    this.#set('unchanged');
    try {
      await source.saveDraft(key, null);
    } catch {
      // It stays on the device and is asked for no more: its survey has been answered.
    }
  }

  #set(state: KeptState): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  readonly #onLeave = (): void => {
    void this.flush();
  };

  readonly #onVisibility = (): void => {
    if (document.visibilityState === 'hidden') void this.flush();
  };
}
