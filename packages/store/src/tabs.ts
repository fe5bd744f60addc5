import type { Want } from './scopes.js';
import type { StoreState } from './status.js';
import type { Wiped } from './wiped.js';

/** What the replicating tab knows and the others show. */
export interface Shown {
  state: StoreState;
  quarantined: number;
  memory: boolean;
  /** Whether it holds records in its own memory, where no other tab finds them. */
  isPartial: boolean;
  /** Whether what is stored may be shown. */
  mayShow: boolean;
}

/** What the tabs of one person's store tell each other. Never a record, never a token. */
export type TabMessage =
  /** From a tab that doesn't replicate: it shows these. The one that does answers with `shown`. */
  | { type: 'want'; wants: readonly Want[] }
  /** Another tab replicates from now on: tell it what is wanted. */
  | { type: 'lead' }
  | { type: 'shown'; shown: Shown }
  /** What waits after a failure is to be tried at once. */
  | { type: 'retry' }
  | { type: 'wiped'; wiped: Wiped };

/** The other tabs of a person's store; nobody for a store in memory. */
export class Tabs {
  readonly #channel: BroadcastChannel | null;

  constructor(name: string | null, onMessage: (message: TabMessage) => void) {
    this.#channel = name === null ? null : new BroadcastChannel(name);
    if (this.#channel !== null) {
      this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => onMessage(data);
    }
  }

  tell(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
  }
}
