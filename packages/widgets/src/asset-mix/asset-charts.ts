import type { LitElement, ReactiveController } from 'lit';
import { LazyPart, once } from '../foundation/lazy-part.js';
import type { Loader } from '../foundation/lazy-part.js';
import type * as Charts from './charts.js';
import type { Colours, Drawing } from './charts.js';

type ChartsModule = typeof Charts;

/** chart.js and what is drawn with it, a chunk of its own. */
export const loadCharts: Loader<ChartsModule> = once(() => import('./charts.js'));

/** What is drawn; nothing for what is null. */
export interface ChartFigures {
  /** Shares of the ring. */
  shares: readonly number[] | null;
  /** Values of the line. */
  totals: readonly number[] | null;
}

/**
 * Draws the ring and the line of a widget into `canvas.ring` and `canvas.line`, from when they are first
 * seen, and anew when their figures or colours change.
 */
export class AssetCharts implements ReactiveController {
  readonly #host: LitElement;
  readonly #part: LazyPart<ChartsModule, ChartsModule>;
  readonly #observer: IntersectionObserver;
  #isSeen = false;
  #watched: Element | null = null;
  #figures: ChartFigures = { shares: null, totals: null };
  #drawings: Drawing[] = [];
  #drawn = '';

  constructor(host: LitElement, load: Loader<ChartsModule> = loadCharts) {
    this.#host = host;
    this.#part = new LazyPart(host, load, (charts) => charts);
    this.#observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      this.#isSeen = true;
      this.#observer.disconnect();
      host.requestUpdate();
    });
    host.addController(this);
  }

  /** Whether the chunk couldn't be fetched. */
  get failed(): boolean {
    return this.#part.failed;
  }

  /** What the next update draws. */
  show(figures: ChartFigures): void {
    this.#figures = figures;
  }

  retry(): void {
    this.#part.retry();
  }

  hostUpdated(): void {
    const { shares, totals } = this.#figures;
    const charts = this.#host.renderRoot.querySelector('.charts');
    if (charts === null || (shares === null && totals === null)) {
      this.#clear();
      return;
    }
    if (!this.#isSeen) {
      this.#watch(charts);
      return;
    }
    this.#part.ask();
    if (this.#part.side !== null) this.#draw(this.#part.side);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#watched = null;
    this.#clear();
  }

  /** The colours may have changed. */
  readonly recolour = (): void => {
    this.#host.requestUpdate();
  };

  #watch(charts: Element): void {
    if (charts === this.#watched) return;
    this.#observer.disconnect();
    this.#watched = charts;
    this.#observer.observe(charts);
  }

  #draw({ drawRing, drawLine }: ChartsModule): void {
    const colours = this.#colours();
    const { shares, totals } = this.#figures;
    const ring = this.#host.renderRoot.querySelector<HTMLCanvasElement>('canvas.ring');
    const line = this.#host.renderRoot.querySelector<HTMLCanvasElement>('canvas.line');
    const wanted = JSON.stringify([colours, ring && shares, line && totals]);
    if (wanted === this.#drawn) return;
    this.#clear();
    this.#drawn = wanted;
    if (ring !== null && shares !== null) this.#drawings.push(drawRing(ring, shares, colours));
    if (line !== null && totals !== null) this.#drawings.push(drawLine(line, totals, colours));
  }

  #clear(): void {
    for (const drawing of this.#drawings) drawing.destroy();
    this.#drawings = [];
    this.#drawn = '';
  }

  /** A canvas knows no custom properties: the browser computes them on elements that are styled by them. */
  #colours(): Colours {
    const colourOf = (selector: string) => {
      const probe = this.#host.renderRoot.querySelector(selector);
      return probe === null ? '#000' : getComputedStyle(probe).color;
    };
    return {
      surface: colourOf('.probe.surface'),
      accent: colourOf('.probe.accent'),
      second: colourOf('.probe.second'),
    };
  }
}
