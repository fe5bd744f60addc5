import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import type { GradingFiles } from '../compile-core.js';
import { conditionSql } from './expression-sql.js';
import { sqlNames } from './sql-names.js';
import { textConstant } from './sql-text.js';
import { staged } from './staged.js';
import { toSql } from './to-sql.js';

// That the statement grades as the engine does is proven where databases are:
// packages/server/src/bank/sql-equality.test.ts.

const { files } = loadPolicy();

/** The policy with the text of one id, wherever it stands, replaced. */
function renamed(from: string, to: string): GradingFiles {
  const text = JSON.stringify(files).replaceAll(JSON.stringify(from), JSON.stringify(to));
  return JSON.parse(text) as GradingFiles;
}

describe('toSql', () => {
  it('is one statement, which computes nothing that was not asked for', () => {
    const all = toSql(files, { source: 'book' });
    assert.ok(!all.includes(';'));
    const some = toSql(files, { source: 'book', columns: ['rung', 'score'], carry: ['as_of'] });
    assert.match(
      some,
      /^SELECT customer,\s+"as_of",\s+CASE .+ AS "rung",\s+CASE .+ AS "score"\nFROM/,
    );
    for (const name of ['loss', '.bin', 'level']) assert.ok(!some.includes(name), name);
  });

  it('computes once a row what is read more than once, and puts in place what is read once', () => {
    const sql = staged(
      'book',
      ['id'],
      [
        [
          ['twice', 'a + 1'],
          ['unread', 'b'],
        ],
        [['once', '"twice" * 2']],
      ],
      [['told', '"once" + "twice"']],
    );
    assert.equal(
      sql.replace(/\s+/g, ' '),
      'SELECT id, "once" + "twice" AS "told" FROM (SELECT id, "twice", "twice" * 2 AS "once" FROM ' +
        '(SELECT id, a + 1 AS "twice" FROM book OFFSET 0) AS stage) AS stage',
    );
  });

  it('refuses names that quoting could not hold', () => {
    for (const name of ['txn"; DROP TABLE metrics; --', 'é', '1st', 'a b', 'x'.repeat(64)]) {
      assert.throws(() => toSql(renamed('txn_month_avg', name), { source: 'book' }), RangeError);
    }
  });

  it('escapes what the policy says, in constants and in messages', () => {
    assert.equal(textConstant("it's"), "'it''s'");
    assert.equal(textConstant(String.raw`a\'b`), String.raw`E'a\\''b'`);
    assert.throws(() => textConstant('a\0b'), RangeError);
    const sql = toSql(renamed('BACHELOR', "B'A"), { source: 'book' });
    assert.ok(sql.includes(`("education" = 'B''A')`));
    assert.ok(sql.includes(`must be one of BELOW, B''A, POSTGRAD`));
  });

  it('reads a constant that a name can never equal as the engine does: known, and false', () => {
    const { early } = sqlNames(files, false);
    const eq = (name: string, constant: string | boolean | number) =>
      conditionSql({ op: 'eq', args: [{ var: name }, constant] }, early);
    assert.equal(eq('education', 'BELOW'), `("education" = 'BELOW')`);
    assert.equal(eq('owns_property', false), `(NOT "owns_property")`);
    assert.equal(eq('owns_property', 1), `("owns_property"::int = (-1))`);
    assert.equal(eq('txn_month_avg', 'A'), `("txn_month_avg" = (-1))`);
  });
});
