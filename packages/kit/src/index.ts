export { KitError, StatusChanged, StoreWiped } from './kit.events.js';
export type { KitErrorCode } from './kit.events.js';
export { Kit } from './kit.js';
