import { BehaviorSubject } from 'rxjs';
import { lastContact, rememberContact } from './database-names.js';

const HOUR = 3_600_000;
/** Hours without a word from the server in which an open page goes on, whatever offline-hours says. */
const OPEN_PAGE_HOURS = 0.1;
const LOOK_MS = 60_000;
/** Hours without a word from the server after which nothing may lie here any more. */
const MOST_HOURS = 30 * 24;

/** Whether what is stored may be shown: the server spoke within `offline-hours`, and nobody signed out. */
export class Freshness {
  readonly mayShow: BehaviorSubject<boolean>;
  /** Looks whether what is stored has become too old to be shown, or to be kept. */
  readonly #clock: ReturnType<typeof setInterval>;
  #stopped = false;

  constructor(
    /** Name of the local database; null when nothing is stored. */
    private readonly name: string | null,
    private readonly offlineHours: number,
    /** The server hasn't been heard of for 30 days, nor in the first minute after the page opened. */
    private readonly onAbandoned: () => void = () => undefined,
  ) {
    this.mayShow = new BehaviorSubject(this.#isFresh(0));
    this.#clock = setInterval(() => {
      if (name === null) return;
      if (!this.#isFresh(OPEN_PAGE_HOURS)) this.#set(false);
      if (lastContact(name) > 0 && this.#silentHours(name) >= MOST_HOURS) this.onAbandoned();
    }, LOOK_MS);
  }

  /** The server spoke; a ping too. */
  renew(): void {
    if (this.name !== null && !this.#stopped) rememberContact(this.name);
  }

  /** The server answered a request: what is stored is this person's to see. */
  confirm(): void {
    this.renew();
    this.#set(true);
  }

  /** Another tab asked the server. */
  follow(mayShow: boolean): void {
    this.#set(mayShow);
  }

  /** Nobody is signed in. */
  refuse(): void {
    this.#set(false);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#clock);
  }

  #isFresh(leastHours: number): boolean {
    if (this.name === null) return false;
    const hours = this.#silentHours(this.name);
    // Contact in the future: the clock was set back, so it proves nothing.
    return hours > -OPEN_PAGE_HOURS && hours < Math.max(leastHours, this.offlineHours);
  }

  #silentHours(name: string): number {
    return (Date.now() - lastContact(name)) / HOUR;
  }

  #set(mayShow: boolean): void {
    if (this.mayShow.value !== mayShow) this.mayShow.next(mayShow);
  }
}
