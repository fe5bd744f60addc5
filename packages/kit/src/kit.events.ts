import type { StoreStatus, Wiped } from '@liyu/store';

/** The store's state changed; `detail` holds no personal data. */
export class StatusChanged extends Event {
  static readonly type = 'liyu-status-changed';
  constructor(readonly detail: Readonly<StoreStatus>) {
    super(StatusChanged.type);
  }
}

export type KitErrorCode =
  /** The attribute endpoint is missing. */
  | 'no_endpoint'
  /** Another kit on the page has another subject or endpoint; this one does nothing. */
  | 'subject_conflict'
  /** The store could not be loaded or opened. */
  | 'store_failed'
  | 'signed_out'
  /** This page is too old for the server. */
  | 'upgrade';

/** Something the portal should know of; `detail` holds a code, never data. */
export class KitError extends Event {
  static readonly type = 'liyu-error';
  constructor(readonly detail: Readonly<{ code: KitErrorCode }>) {
    super(KitError.type);
  }
}

/**
 * What lay here of a person is gone; `detail` says why, and how many unsent writes went with it. Drafts
 * aren't counted.
 */
export class StoreWiped extends Event {
  static readonly type = 'liyu-wiped';
  constructor(readonly detail: Readonly<Wiped>) {
    super(StoreWiped.type);
  }
}

declare global {
  interface HTMLElementEventMap {
    'liyu-status-changed': StatusChanged;
    'liyu-error': KitError;
    'liyu-wiped': StoreWiped;
  }
}
