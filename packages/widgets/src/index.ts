export { SOURCE_READY, SourceRequest } from './source.js';
export type { Records, Rejection, Snapshot, Source, SourceStatus } from './source.js';
