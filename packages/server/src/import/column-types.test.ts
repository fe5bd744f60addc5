import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CHECKS } from './column-types.js';
import type { ColumnType } from './column-types.js';

const VALUES: [type: ColumnType, good: string[], bad: string[]][] = [
  ['text', ['', 'x', '1e3'], []],
  [
    'int',
    ['0', '-2', '007', '9223372036854775807', '-9223372036854775808', '999999999999999999'],
    ['', '1.0', '1e3', '+1', ' 1', '1 ', '1,200', '１', '9223372036854775808', 'NaN', '0x1'],
  ],
  ['decimal', ['0', '-0.25', '1200', '12.50'], ['.5', '1.', '1e3', '1,200.00', '+1', 'NaN', '--1']],
  [
    'date',
    ['2026-11-30', '2024-02-29', '0001-01-01'],
    ['2026-02-29', '2026-13-01', '2026-1-1', '20261130', '0000-01-01'],
  ],
  ['yyyymmdd', ['20261130', '20240229'], ['20260229', '2026-11-30', '00000000', '202611300']],
  ['flag', ['0', '1'], ['2', 'Y', 'true', '']],
];

it('tells values of each type from others', () => {
  for (const [type, good, bad] of VALUES) {
    for (const text of good) assert.equal(CHECKS[type].holds(text), true, `${type} ${text}`);
    for (const text of bad) assert.equal(CHECKS[type].holds(text), false, `${type} ${text}`);
  }
});
