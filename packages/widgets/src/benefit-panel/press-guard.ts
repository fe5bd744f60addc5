import type { ReactiveController, ReactiveElement } from 'lit';

/** How long a button stands before it takes a press: a double click or a held key means the one before. */
export const SETTLE_MS = 500;

const GUARDED = '[data-guarded]';

/** What Chromium adds: whether anything lies over an element, or makes it fainter. */
interface VisibilityEntry extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}

/**
 * Lets a press of a button with `data-guarded` through only where it is meant: the button has stood in
 * the page for a moment, and, where the page lies in a frame of another site and the browser can tell,
 * nothing lies over it. The time counts again when it was covered.
 */
export class PressGuard implements ReactiveController {
  readonly #host: ReactiveElement;
  #observer: IntersectionObserver | null = null;
  /** The buttons that stand there, and since when each can be seen; null while it can't. */
  readonly #since = new Map<Element, number | null>();

  constructor(host: ReactiveElement) {
    this.#host = host;
  }

  hostConnected(): void {
    // Before the listeners of the button.
    this.#host.renderRoot.addEventListener('click', this.#onClick, true);
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    if (!this.#host.isConnected) return;
    const buttons = new Set(this.#host.renderRoot.querySelectorAll(GUARDED));
    for (const button of this.#since.keys()) if (!buttons.has(button)) this.#leave(button);
    for (const button of buttons) if (!this.#since.has(button)) this.#watch(button);
  }

  hostDisconnected(): void {
    for (const button of this.#since.keys()) this.#leave(button);
  }

  #watch(button: Element): void {
    if (!isInForeignFrame() || !tellsVisibility()) {
      this.#since.set(button, performance.now());
      return;
    }
    this.#since.set(button, null);
    const options = { threshold: 1, trackVisibility: true, delay: 100 };
    this.#observer ??= new IntersectionObserver((entries: VisibilityEntry[]) => {
      for (const { target, isVisible } of entries) {
        const since = this.#since.get(target);
        if (since === undefined) continue;
        this.#since.set(target, isVisible === true ? (since ?? performance.now()) : null);
      }
    }, options);
    this.#observer.observe(button);
  }

  #leave(button: Element): void {
    this.#since.delete(button);
    this.#observer?.unobserve(button);
  }

  readonly #onClick = (event: Event): void => {
    const button = (event.target as Element).closest(GUARDED);
    if (button === null) return;
    const since = this.#since.get(button) ?? Infinity;
    if (performance.now() - since < SETTLE_MS) event.stopImmediatePropagation();
  };
}

/** Whether a page of another site shows this one in a frame. */
function isInForeignFrame(): boolean {
  try {
    return window.top !== window && window.top?.location.origin !== location.origin;
  } catch {
    return true;
  }
}

function tellsVisibility(): boolean {
  return (
    'IntersectionObserverEntry' in window && 'isVisible' in IntersectionObserverEntry.prototype
  );
}
