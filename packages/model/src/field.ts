import * as z from 'zod/mini';

/**
 * How sensitive a field is, after JR/T 0171-2020: C1 internal information, C2 identity and financial
 * state. C3 (authentication secrets) has no field in Liyu.
 */
export type FieldClass = 'C1' | 'C2';

/** Who may read a field. `server` alone means that it never leaves the server. */
export type Audience = 'customer' | 'staff' | 'aml' | 'server';

/** Who may write. */
export type Role = 'customer' | 'staff';

export type Unit =
  | 'id'
  | 'code'
  | 'text'
  | 'date'
  | 'instant'
  | 'year'
  | 'fen'
  | 'bp'
  | 'count'
  | 'points'
  | 'flag'
  | 'record'
  | 'phone'
  | 'hash'
  | 'revision';

export interface FieldMeta {
  cls: FieldClass;
  audience: readonly Audience[];
  unit: Unit;
  /** What the field says, for a bank's data catalogue. */
  doc: string;
  /** Who may change it by push; all else is owned by the server. */
  writable?: readonly Role[];
  /** Version of the collection's schema that brought it; 0 unless said. It must be optional. */
  since?: number;
}

/** Class, audience, unit and doc of every field of every record. */
export const fields = z.registry<FieldMeta>();

/** A fresh copy of `schema` that carries `meta`, so that one schema can serve several fields. */
export function field<T extends z.ZodMiniType>(schema: T, meta: FieldMeta): T {
  const own = schema.clone();
  fields.add(own, meta);
  return own;
}
