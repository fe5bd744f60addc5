import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ImportError } from './import-error.js';
import { readCsv } from './read-csv.js';
import type { CsvRow } from './read-csv.js';

async function read(text: string, size: number, options = {}): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  const all = { file: 'f.csv', delimiter: ',', quote: '"' as const, ...options };
  for await (const row of readCsv(chunksOf(text, size), all)) rows.push(row);
  return rows;
}

async function* chunksOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) {
    yield await Promise.resolve(text.slice(at, at + size));
  }
}

const SIZES = [1, 2, 3, 1_000];

const GOOD: [
  text: string,
  rows: [line: number, ...fields: (string | null)[]][],
  options?: object,
][] = [
  [
    'a,b\n1,2\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'a,b\r1,2\r3,4\r',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, '3', '4'],
    ],
  ],
  [
    'a,b\r\n1,2\r3,4\n5,6',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, '3', '4'],
      [4, '5', '6'],
    ],
  ],
  [
    '"x\r\ny","1""2"\r\n3,4\r\n',
    [
      [1, 'x\r\ny', '1"2'],
      [3, '3', '4'],
    ],
  ],
  [
    '"x\ry\rz",2\r3,4',
    [
      [1, 'x\ry\rz', '2'],
      [4, '3', '4'],
    ],
  ],
  [
    '\n\na,b\n\n1,2\n\n',
    [
      [3, 'a', 'b'],
      [5, '1', '2'],
    ],
  ],
  [
    ',""\n"",',
    [
      [1, null, ''],
      [2, '', null],
    ],
  ],
  ['"a,b","c\n"', [[1, 'a,b', 'c\n']]],
  [
    'a|+|b|+c\n"1"|+|2',
    [
      [1, 'a', 'b|+c'],
      [2, '1', '2'],
    ],
    { delimiter: '|+|' },
  ],
  [
    'a,"b\n"1,2',
    [
      [1, 'a', '"b'],
      [2, '"1', '2'],
    ],
    { quote: null },
  ],
  ['', []],
];

it('reads rows with the line each begins on, however the text is cut', async () => {
  for (const [text, rows, options] of GOOD) {
    for (const size of SIZES) {
      const found = await read(text, size, options);
      assert.deepEqual(
        found.map(({ line, fields }) => [line, ...fields]),
        rows,
        JSON.stringify([text, size]),
      );
    }
  }
});

it('tells the line of a field in a row of several lines', async () => {
  for (const size of SIZES) {
    const [row] = await read('1,"a\nb\r\nc",2,"d\re",3\n', size);
    assert.deepEqual(row?.lines, [1, 1, 3, 3, 4]);
  }
});

const BAD: [text: string, message: RegExp][] = [
  ['a,b\n1,x"y\n', /^f\.csv: line 2, column 2: a quote inside/],
  ['a,b\n1,"x"y\n', /^f\.csv: line 2, column 2: a closing quote is not followed/],
  ['a,b\n"1\n2","x" \n', /^f\.csv: line 3, column 2: a closing quote is not followed/],
  ['a,b\n1,"x\n\n', /^f\.csv: line 2, column 2: a quote is left open/],
];

it('names line and column of what is no delimited text', async () => {
  for (const [text, message] of BAD) {
    for (const size of SIZES) {
      await assert.rejects(read(text, size), (error: Error) => {
        assert.ok(error instanceof ImportError);
        assert.match(error.message, message, JSON.stringify([text, size]));
        return true;
      });
    }
  }
});

it('gives up a row of more than 1 MiB, which an open quote makes of the rest', async () => {
  const text = `a,b\n1,"x\n${'2,y\n'.repeat(600_000)}`;
  await assert.rejects(
    read(text, 65_536),
    /^ImportError: f\.csv: line 2: a row of more than 1 MiB/,
  );
});
