import type * as z from 'zod/mini';

interface Def {
  type: string;
  shape?: Record<string, z.ZodMiniType>;
  element?: z.ZodMiniType;
  innerType?: z.ZodMiniType;
  keyType?: z.ZodMiniType;
  valueType?: z.ZodMiniType;
  entries?: Record<string, unknown>;
  options?: z.ZodMiniType[];
  format?: string;
}

/** A value that fits a schema, with every field that the schema knows. */
export function exampleOf(schema: z.ZodMiniType): unknown {
  const def = schema.def as unknown as Def;
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape!).map(([name, child]) => [name, exampleOf(child)]),
      );
    case 'nullable':
    case 'optional':
      return exampleOf(def.innerType!);
    case 'array':
      return [exampleOf(def.element!)];
    case 'record':
      return Object.fromEntries(
        keysOf(def.keyType!).map((key) => [key, exampleOf(def.valueType!)]),
      );
    case 'enum':
      return Object.keys(def.entries!)[0];
    case 'union':
      return exampleOf(def.options![0]!);
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'string':
      return (
        { date: '2026-11-22', datetime: '2026-11-22T01:02:03.000Z' }[def.format ?? ''] ?? 'text'
      );
    case 'unknown':
      return { any: 'thing' };
    default:
      throw new Error(`no example of ${def.type}`);
  }
}

/** A record over an enum needs each of its keys. */
function keysOf(schema: z.ZodMiniType): string[] {
  const def = schema.def as unknown as Def;
  return def.type === 'enum' ? Object.keys(def.entries!) : ['key'];
}
