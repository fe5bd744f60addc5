// What validates and converts: needs zod.
export { collections } from './collections.js';
export { collectionAt, defineCollection, project } from './define-collection.js';
export { field, fields } from './field.js';
export * as primitives from './primitives.js';
export { rxSchema } from './rx-schema.js';
export type { JsonSchema, RxSchema } from './rx-schema.js';
