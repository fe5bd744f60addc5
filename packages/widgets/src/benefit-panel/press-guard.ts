/** How long a button stands before it takes a press: a double click or a held key means the one before. */
export const SETTLE_MS = 500;

/** What Chromium adds: whether anything lies over an element, or makes it fainter. */
interface VisibilityEntry extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}

/**
 * Whether a press is meant: the button has stood in the page for a moment, and, where the page lies in
 * a frame of another site and the browser can tell, nothing lies over it. The time counts again when it
 * was covered.
 */
export class PressGuard {
  #button: Element | null = null;
  #observer: IntersectionObserver | null = null;
  /** Since when it can be seen; null while it can't. */
  #since: number | null = null;

  get open(): boolean {
    return this.#since !== null && performance.now() - this.#since >= SETTLE_MS;
  }

  /** Guards this button from now on; null for none. */
  watch(button: Element | null): void {
    if (button === this.#button) return;
    this.#observer?.disconnect();
    this.#observer = null;
    this.#button = button;
    this.#since = null;
    if (button === null) return;
    if (!isInForeignFrame() || !tellsVisibility()) {
      this.#since = performance.now();
      return;
    }
    const options = { threshold: 1, trackVisibility: true, delay: 100 };
    this.#observer = new IntersectionObserver((entries) => {
      const isSeen = (entries[entries.length - 1] as VisibilityEntry).isVisible === true;
      this.#since = isSeen ? (this.#since ?? performance.now()) : null;
    }, options);
    this.#observer.observe(button);
  }
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
