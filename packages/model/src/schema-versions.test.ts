import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { collections } from './collections.js';
import { rxSchema } from './rx-schema.js';

// Devices keep records by the version of their schema, and a server serves a client by it: a schema that
// changes without its version would leave devices with records that can't be opened.

const FILE = new URL('schema-versions.json', import.meta.url);

it('no schema changes without its version', () => {
  const known = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, [number, string]>;
  const now = Object.fromEntries(
    Object.values(collections).map((collection) => {
      const { version, ...schema } = rxSchema(collection);
      const hash = createHash('sha256').update(JSON.stringify(schema)).digest('hex').slice(0, 16);
      return [collection.name, [version, hash]];
    }),
  );
  for (const [name, [version, hash]] of Object.entries(known)) {
    const [nowVersion, nowHash] = (now[name] ?? []) as [number?, string?];
    if (nowHash === hash) continue;
    assert.notEqual(nowVersion, version, `${name} has changed: raise its version by one`);
  }
  assert.deepEqual(now, known, `write to ${FILE.pathname}:\n${JSON.stringify(now)}`);
});
