import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pickPaths, withPaths } from './paths.js';

describe('paths', () => {
  const record = { a: 1, b: { c: 2, d: 3 }, e: null };

  it('picks what is there, also null, and leaves out the rest', () => {
    assert.deepEqual(pickPaths(record, ['a', 'b.c', 'e', 'e.f', 'x', 'b.x', 'a.y']), {
      a: 1,
      'b.c': 2,
      e: null,
    });
  });

  it('sets values without touching the record or its neighbours', () => {
    assert.deepEqual(withPaths(record, { 'b.c': 9, a: 8, 'e.f': 7 }), {
      a: 8,
      b: { c: 9, d: 3 },
      e: { f: 7 },
    });
    assert.deepEqual(record, { a: 1, b: { c: 2, d: 3 }, e: null });
  });

  it('does not reach a prototype', () => {
    assert.deepEqual(pickPaths({}, ['constructor', '__proto__.x']), {});
  });
});
