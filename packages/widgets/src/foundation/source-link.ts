import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { SOURCE_READY, SourceRequest } from '../source.js';
import type { Records, Snapshot, Source, SourceStatus } from '../source.js';

export type CollectionName = keyof Records;
type Snapshots = { [Name in CollectionName]?: Snapshot<Records[Name]> };

const LOADING = { state: 'loading' } as const;

/**
 * Asks for a source and keeps the latest snapshot of each collection that a widget needs. What was
 * known stays while the element is moved in the document; another source starts from nothing.
 */
export class SourceLink implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #names: readonly CollectionName[];
  /** Whose records staff look at; null for all there are. */
  #customer: string | null = null;
  #source: Source | null = null;
  #status: SourceStatus | null = null;
  #snapshots: Snapshots = {};
  #stops: (() => void)[] = [];
  /** Which asking is the present one: an answer to an earlier one comes too late. */
  #asking = 0;
  #asked = false;

  constructor(host: ReactiveControllerHost & Element, names: readonly CollectionName[]) {
    this.#host = host;
    this.#names = names;
    host.addController(this);
  }

  /** The source in use; null before one answers, and while the page gives the data. */
  get source(): Source | null {
    return this.#source;
  }

  get status(): SourceStatus | null {
    return this.#status;
  }

  snapshot<Name extends CollectionName>(name: Name): Snapshot<Records[Name]> {
    return this.#snapshots[name] ?? LOADING;
  }

  /**
   * Follows these collections from now on: all their records, or those of `customer`. What was known
   * of another customer is gone.
   */
  follow(names: readonly CollectionName[], customer: string | null): void {
    if (names === this.#names && customer === this.#customer) return;
    this.#names = names;
    this.#customer = customer;
    this.#snapshots = {};
    if (this.#source === null || this.#stops.length === 0) return;
    this.#unwatch();
    this.#watchAll(this.#source);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  /**
   * Asks for a source unless that has been done since the element was connected. While the document
   * is being parsed it waits: the JSON child may not have been read yet.
   */
  ask(): void {
    if (this.#asked || !this.#host.isConnected) return;
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', this.#onParsed, { once: true });
      return;
    }
    this.#asked = true;
    document.addEventListener(SOURCE_READY, this.#onReady);
    const asking = ++this.#asking;
    this.#host.dispatchEvent(
      new SourceRequest((source) => {
        if (asking === this.#asking) this.#use(source);
      }),
    );
  }

  /** Drops the source: the page gives the data itself. */
  release(): void {
    if (!this.#asked && this.#source === null) return;
    this.#stop();
    this.#source = null;
    this.#status = null;
    this.#snapshots = {};
  }

  #use(source: Source): void {
    if (source === this.#source && this.#stops.length > 0) return;
    this.#unwatch();
    if (source !== this.#source) this.#snapshots = {};
    this.#source = source;
    this.#status = source.status;
    this.#watchAll(source);
    this.#host.requestUpdate();
  }

  #watchAll(source: Source): void {
    this.#stops = [
      source.watchStatus((status) => {
        this.#status = status;
        this.#host.requestUpdate();
      }),
      ...this.#names.map((name) => this.#watch(source, name)),
    ];
  }

  #watch<Name extends CollectionName>(source: Source, name: Name): () => void {
    const next = (snapshot: Snapshot<Records[Name]>) => {
      (this.#snapshots as Record<Name, Snapshot<Records[Name]>>)[name] = snapshot;
      this.#host.requestUpdate();
    };
    const customer = this.#customer;
    return customer === null ? source.watch(name, next) : source.watch(name, next, { customer });
  }

  #stop(): void {
    document.removeEventListener(SOURCE_READY, this.#onReady);
    this.#asked = false;
    this.#asking++;
    this.#unwatch();
  }

  #unwatch(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  readonly #onReady = (): void => {
    this.#asked = false;
    this.#host.requestUpdate();
  };

  readonly #onParsed = (): void => {
    this.#host.requestUpdate();
  };
}
