export { KitError, StatusChanged } from './kit.events.js';
export type { KitErrorCode } from './kit.events.js';
export { Kit } from './kit.js';
