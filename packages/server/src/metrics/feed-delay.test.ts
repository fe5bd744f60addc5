import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FeedDelay } from './feed-delay.js';

it('a write is copied by a round that began after it, not by one under way', () => {
  const delay = new FeedDelay();
  delay.written(10);
  delay.written(20);
  assert.deepEqual(delay.emptied(15, 30), [20]);
  assert.deepEqual(delay.emptied(30, 45), [25]);
  assert.deepEqual(delay.emptied(45, 50), []);
});
