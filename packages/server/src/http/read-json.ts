import type * as z from 'zod';
import { Problem } from './problem.js';

/** Largest body, in bytes. */
const BODY_LIMIT = 256 * 1024;
/** Deepest nesting of arrays and objects: JSON.parse takes more than what follows could walk. */
const DEPTH_LIMIT = 32;
/** Most keys of all objects together: far more than records of this size have. */
const KEY_LIMIT = 20_000;

/**
 * The JSON body of a request, in the form of `schema`. Throws a Problem: 415 for another media type
 * than application/json, 413 for too many bytes or keys, 400 naming the first field that's wrong.
 */
export async function readJson<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const [type] = (request.headers.get('content-type') ?? '').split(';');
  if (type?.trim().toLowerCase() !== 'application/json')
    throw new Problem('unsupported_media_type');
  const text = decode(await readBody(request));
  const { depth, keys } = shapeOf(text);
  if (depth > DEPTH_LIMIT) throw new Problem('bad_request', { reason: 'too_deep' });
  if (keys > KEY_LIMIT) throw new Problem('too_large', { reason: 'keys' });
  const parsed = schema.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new Problem('bad_request', { reason: 'invalid', field });
}

async function readBody(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body = request.body as AsyncIterable<Uint8Array> | null;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > BODY_LIMIT) throw new Problem('too_large', {}, { Connection: 'close' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('bad_request', { reason: 'not_utf8' });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem('bad_request', { reason: 'not_json' });
  }
}

/** Nesting and keys of a JSON text, found without parsing it; what stands inside strings isn't counted. */
function shapeOf(text: string): { depth: number; keys: number } {
  let depth = 0;
  let keys = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
    else if (char === ':') keys++;
  }
  return { depth: deepest, keys };
}
