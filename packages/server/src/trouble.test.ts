import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Log } from './log.js';
import { SILENT } from './log.js';
import { Trouble } from './trouble.js';

it('a failure each second is told when it begins, each minute, and when it is over', () => {
  const lines: unknown[] = [];
  const log: Log = {
    ...SILENT,
    event: (level, name, facts) => lines.push([level, name, facts]),
    failure: (name) => lines.push(['error', name]),
  };
  let now = 0;
  const trouble = new Trouble(log, 'copying', () => now);
  trouble.worked();
  for (; now < 125_000; now += 1_000) trouble.failed(new Error('c-1'));
  trouble.worked();
  trouble.worked();
  trouble.failed(new Error('c-1'));
  assert.deepEqual(lines, [
    ['error', 'copying failed'],
    ['warn', 'copying still fails', { failures: 61, seconds: 60 }],
    ['warn', 'copying still fails', { failures: 121, seconds: 120 }],
    ['info', 'copying works again', { failures: 125, seconds: 125 }],
    ['error', 'copying failed'],
  ]);
});
