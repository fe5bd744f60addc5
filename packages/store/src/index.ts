export type { LocalDoc, WrapStorage } from './database.js';
export type { GetToken } from './session.js';
export type { StoreState, StoreStatus } from './status.js';
export { Store } from './store.js';
export type { Stored, StoredRejection, StoreOptions } from './store.js';
export { SyncError } from './sync-error.js';
