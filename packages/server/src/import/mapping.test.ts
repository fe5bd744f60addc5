import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ImportError } from './import-error.js';
import { readPlan } from './import-files.js';
import { PEOPLE, fixtures } from './testing/fixture.js';

const write = fixtures();
const { columns } = PEOPLE.mapping;

const BAD: [mapping: string | object, message: RegExp][] = [
  ['{\n  "files": [,]\n}', /^import\.json: line 2, column 13: is no JSON here$/],
  ['{"files": [', /^import\.json: line 1, column 12: is no JSON here$/],
  ['{"files": [],}', /^import\.json: line 1, column 14: is no JSON here$/],
  ['{"名": 1, "a": tru}', /^import\.json: line 1, column 15: is no JSON here$/],
  ['{"a": "b\n"}', /^import\.json: line 1, column 7: is no JSON here$/],
  ['{"a": 1} x', /^import\.json: line 1, column 10: is no JSON here$/],
  ['[]', /^import\.json: the file: Invalid input: expected object/],
  ['{}', /^import\.json: files: /],
  ['{"files": []}', /^import\.json: files: /],
  [{ encodng: 'utf-8' }, /^import\.json: files\[0\]: Unrecognized key: "encodng"$/],
  [{ encoding: 'latin1' }, /^import\.json: files\[0\]\.encoding: .*"gb18030"/],
  [{ encoding: undefined }, /^import\.json: files\[0\]\.encoding: /],
  [{ delimiter: '"' }, /^import\.json: files\[0\]\.delimiter: must be 1 to 8 characters/],
  [{ file: '/etc/passwd' }, /^import\.json: files\[0\]\.file: must be a path below/],
  [{ file: 'a/../../b.csv' }, /^import\.json: files\[0\]\.file: must be a path below/],
  [{ file: 'C:\\b.csv' }, /^import\.json: files\[0\]\.file: must be a path below/],
  [{ table: 'customers' }, /^import\.json: files\[0\]\.table: is a table of Liyu$/],
  [{ table: 'pg_proc' }, /^import\.json: files\[0\]\.table: must not begin with pg_$/],
  [
    { table: 'a"; DROP TABLE doc; --' },
    /^import\.json: files\[0\]\.table: must be a name of small/,
  ],
  [
    { columns: [{ name: '_line' }] },
    /^import\.json: files\[0\]\.columns\[0\]\.name: must be a name of small letters, digits and _$/,
  ],
  [
    { columns: [...columns, columns[0]] },
    /^import\.json: files\[0\]\.columns: two columns have one/,
  ],
  [
    { columns: [{ name: 'id', type: 'float' }] },
    /^import\.json: files\[0\]\.columns\[0\]\.type: .*"in/,
  ],
  [{ key: ['id', 'ID'] }, /^import\.json: files\[0\]\.key\[1\]: is no column$/],
  [{ key: [] }, /^import\.json: files\[0\]\.key: /],
  [
    JSON.stringify({ files: [PEOPLE.mapping, PEOPLE.mapping] }),
    /^import\.json: files: two files have one table$/,
  ],
];

it('names the field, or line and column, of a mapping that is none', async () => {
  for (const [mapping, message] of BAD) {
    await assert.rejects(readPlan(write({ mapping }).dir), (error: Error) => {
      assert.ok(error instanceof ImportError, String(error.stack));
      assert.match(error.message, message);
      return true;
    });
  }
});

it('says which file an import directory lacks', async () => {
  await assert.rejects(readPlan(write().data), /^ImportError: import\.json: not in .*data$/);
});

it('names line and column of what is no UTF-8 in import.sql, by the characters before it', async () => {
  const broken = Buffer.concat([Buffer.from('-- 注释\n-- 注释'), Buffer.from([0xff])]);
  await assert.rejects(
    readPlan(write({ sql: broken }).dir),
    /^ImportError: import\.sql: line 2, column 6: is not UTF-8$/,
  );
});
