import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { loadPolicy } from '@liyu/policy/node';
import { collections } from '@liyu/model/schemas';
import { publishRecords } from '../bank/publish-records.js';
import type { Database } from '../db/database.js';
import { onEveryEngine } from '../testing/engines.js';
import { importFiles, readPlan } from './import-files.js';
import { ImportError } from './import-error.js';
import { PEOPLE, dump, fixtures } from './testing/fixture.js';
import type { Fixture, FixtureFiles } from './testing/fixture.js';

const policy = loadPolicy();
const DOCS = readFileSync(new URL('../../../../docs/import.md', import.meta.url), 'utf8');
/** GB18030 of 客户号|姓名|开户日期|余额 and a customer, in whose name is a character of four bytes. */
const CORE =
  'bfcdbba7bac57cd0d5c3fb7cbfaabba7c8d5c6da7cd3e0b6ee0a317cc0ee9534b2357c3230323030' +
  '3133317c31322e35300a';

/** Statements that would each do harm, or nothing an import needs, and what is said of them. */
const STATEMENTS: [sql: string, message: RegExp][] = [
  ...[
    ...['SET ROLE postgres', 'RESET ROLE', 'RESET ALL', "SET LOCAL statement_timeout = '1h'"],
    ...['BEGIN', 'COMMIT', 'ROLLBACK', 'SAVEPOINT s', 'RELEASE s', 'SET CONSTRAINTS ALL DEFERRED'],
    ...['CREATE TABLE t (a int)', 'CREATE TABLE t AS SELECT 1', 'DROP TABLE doc', 'TRUNCATE doc'],
    ...['ALTER ROLE liyu_import SUPERUSER', 'GRANT ALL ON doc TO PUBLIC', 'LOCK TABLE customers'],
    ...['DO $$ BEGIN END $$', "COPY customers TO PROGRAM 'cat'", 'COPY customers FROM STDIN'],
    ...['CALL p()', 'EXPLAIN ANALYZE UPDATE customers SET name = NULL', 'VACUUM', 'ANALYZE'],
    ...['PREPARE p AS UPDATE customers SET name = NULL', 'EXECUTE p', 'DEALLOCATE ALL'],
    ...['LISTEN x', 'NOTIFY x', 'DISCARD ALL', 'CHECKPOINT', "LOAD 'x'", 'SHOW ALL'],
    ...['DECLARE c CURSOR FOR SELECT 1', 'CREATE FUNCTION f() RETURNS int RETURN 1'],
    ...['DELETE FROM customers', 'SELECT 1', 'SELECT 1 INTO t', 'VALUES (1)', 'TABLE customers'],
    'MERGE INTO customers c USING people p ON c.name = p.full_name WHEN MATCHED THEN DELETE',
  ].map((sql): [string, RegExp] => {
    const word = (/^\w+/.exec(sql)?.[0] ?? '').toUpperCase();
    return [
      sql,
      new RegExp(`^import\\.sql: line 3, column 1: ${word} is not allowed, only INSERT`),
    ];
  }),
  [
    `WITH d AS (DELETE FROM customers RETURNING customer)
     UPDATE customers SET name = (SELECT max(customer) FROM d)`,
    /^import\.sql: line 3, column \d+: Delete is not allowed here$/,
  ],
  [
    `INSERT INTO customers (customer, as_of) WITH i AS (INSERT INTO doc DEFAULT VALUES RETURNING id)
     SELECT id, CURRENT_DATE FROM i`,
    /^import\.sql: line 3, column \d+: Insert is not allowed here$/,
  ],
  [
    "INSERT INTO doc (customer, coll, id, body, rev) VALUES ('x', 'x', 'x', '{}', 0)",
    /^import\.sql: line 3, column 13: must write one of branches, .*, not doc$/,
  ],
  [
    "UPDATE pg_settings SET setting = '1h' WHERE name = 'statement_timeout'",
    /^import\.sql: line 3, column 8: must write one of branches, .*, not pg_settings$/,
  ],
  ["UPDATE people SET age = '1'", /line 3, column 8: must write one of .*, not people$/],
  ['UPDATE public.customers SET name = NULL', /line 3, column 8: .* without a schema$/],
  ['UPDATE customers SET name = rolname FROM pg_authid', /line 3, column 42: pg_authid is neither/],
  [
    'UPDATE customers SET name = (SELECT setting FROM pg_settings LIMIT 1)',
    /pg_settings is neither/,
  ],
  ['UPDATE customers SET name = d.id FROM doc AS d', /line 3, column 39: doc is neither a staging/],
  [
    'UPDATE customers SET name = d.id FROM pg_catalog.pg_proc AS d',
    /line 3, column 39: names of tables stand without a schema$/,
  ],
  [
    `UPDATE customers SET name = (WITH pg_authid AS (SELECT 1) SELECT max(rolname) FROM people)
     FROM pg_authid`,
    /line 3, column 35: pg_authid is the name of a table, WITH needs another one$/,
  ],
  [
    'WITH people AS (SELECT 1 AS id) UPDATE customers SET name = id::text FROM people',
    /line 3, column 6: people is the name of a table/,
  ],
  [
    "UPDATE customers SET name = set_config('role', 'x', true)",
    /line 3, column 29: function set_c/,
  ],
  ["UPDATE customers SET name = pg_catalog.set_config('a.b', 'x', true)", /function set_config is/],
  ["UPDATE customers SET name = query_to_xml('SELECT 1', true, true, '')::text", /query_to_xml is/],
  ["UPDATE customers SET name = pg_read_file('/etc/passwd')", /function pg_read_file is not allo/],
  ["UPDATE customers SET name = lo_import('/etc/passwd')::text", /function lo_import is not allo/],
  ["UPDATE customers SET name = f FROM pg_ls_dir('/') AS f", /column 36: function pg_ls_dir is no/],
  ['UPDATE customers SET name = random()::text', /function random is not allowed: it does more/],
  ["UPDATE customers SET name = nextval('s')::text", /function nextval is not allowed: it does/],
  ['UPDATE customers SET name = NULL WHERE pg_sleep(9) IS NULL', /function pg_sleep is not allow/],
  ['UPDATE customers SET name = public.harmful()', /public\.harmful is not allowed, only what/],
  [
    'UPDATE customers AS c SET name = c.spoils',
    /line 3, column 34: spoils is not allowed: it is a function/,
  ],
  ['UPDATE customers AS c SET name = (c).spoils', /spoils is not allowed: it is a function/],
  [
    'UPDATE customers SET name = harmful()',
    /line 3, column 29: function harmful is not allowed: Po/,
  ],
  ["UPDATE customers SET name = md5(DATE '2026-01-01')", /function md5 is not allowed: it does mo/],
  ['UPDATE customers SET name = name OPERATOR(public.||) name', /public\.\|\| is not allowed/],
  ['UPDATE customers SET name = name ||| name', /operator \|\|\| is not allowed: it does more/],
  ['UPDATE customers SET name = name::customers::text', /line 3, .*: type customers is not allow/],
  ['UPDATE customers SET name = NULL RETURNING name', /^import\.sql: line 3, column 1: RETURNING/],
  [
    'INSERT INTO customers SELECT * FROM customers FOR UPDATE',
    /^import\.sql: line 3, column \d+: Locking is not allowed here$/,
  ],
  ['INSERT INTO customers (customer) SELECT 1 INTO t', /^import\.sql: line 3, .*syntax error|INTO/],
  [
    "UPDATE customers SET name = x FROM xmltable('/' PASSING '' COLUMNS x text) AS t",
    /^import\.sql: line 3, column \d+: RangeTableFunc is not allowed here$/,
  ],
];

/** What an import refuses: what is wrong, and what is said of it. */
const INPUT: [what: string, files: FixtureFiles, message: RegExp][] = [
  [
    'a wrong title',
    { people: 'id,名字,age\n' },
    /^people\.csv: line 1, column 2 \(full_name\): the title must be "姓名"$/,
  ],
  [
    'a missing title',
    { people: 'id,姓名\n1,a\n' },
    /^people\.csv: line 1, column 2: the row has 2 columns, import\.json names 3$/,
  ],
  [
    'a title too many',
    { people: 'id,姓名,age,x\n' },
    /^people\.csv: line 1, column 4: the row has 4 c/,
  ],
  [
    'no titles but data',
    { people: '1,张三,30\n' },
    /^people\.csv: line 1, column 1 \(id\): the title/,
  ],
  [
    'an empty file',
    { people: '' },
    /^people\.csv: line 1, column 1: is empty: the titles are missing$/,
  ],
  ['a missing file', { people: null }, /^people\.csv: not in .*data$/],
  [
    'a bad number',
    { people: 'id,姓名,age\r1,"a\rb",3\r二,c,4\r' },
    /^people\.csv: line 4, column 1 \(id\): must be a whole number, such as 1200$/,
  ],
  [
    'a row too short',
    { people: 'id,姓名,age\n1,a,2\n2,b\n' },
    /^people\.csv: line 3, column 2: the row has 2/,
  ],
  [
    'a duplicate key',
    { people: 'id,姓名,age\n7,a,1\n8,"\n",1\n7,c,1\n' },
    /^people\.csv: line 5, column 1 \(id\): the key is that of line 2 already$/,
  ],
  [
    'an empty key',
    { people: 'id,姓名,age\n,a,1\n' },
    /^people\.csv: line 2, column 1 \(id\): must not be empty/,
  ],
  [
    'an open quote',
    { people: 'id,姓名,age\n1,"a,1\n2,b,1\n' },
    /^people\.csv: line 2, column 2: a quote is left open$/,
  ],
  [
    'GB18030 read as UTF-8',
    { people: Buffer.from('id,\xd0\xd5\xc3\xfb,age\n', 'latin1') },
    /^people\.csv: line 1, column 2 \(full_name\): is not UTF-8$/,
  ],
  [
    'bytes that are no character',
    { people: Buffer.from('id,å§\x93å\x90\x8d,age\n1,a,1\n2,"b\n\xff",1\n', 'latin1') },
    /^people\.csv: line 4, column 2 \(full_name\): is not UTF-8$/,
  ],
  [
    'a NUL',
    { people: 'id,姓名,age\n1,a\0b,1\n' },
    /^people\.csv: line 2, column 2 \(full_name\): holds a NUL$/,
  ],
  [
    'a wrong byte-order mark',
    { people: Buffer.from('\ufeffid,姓名,age\n', 'utf16le') },
    /^people\.csv: line 1, column 1: has the byte-order mark of utf-16le, but is declared utf-8$/,
  ],
  [
    'UTF-8 read as UTF-16',
    { mapping: { encoding: 'utf-16le' } },
    /^people\.csv: line 1, column \d/,
  ],
  [
    'UTF-8 read as GB18030',
    {
      mapping: {
        encoding: 'gb18030',
        header: false,
        columns: [{ name: 'x' }, { name: 'id' }],
      },
      people: '中国,1\n',
    },
    /^people\.csv: line 1: is UTF-8, but declared as gb18030$/,
  ],
  [
    'half a surrogate pair',
    {
      mapping: { encoding: 'utf-16le' },
      people: Buffer.from('id,姓名,age\n1,\ud842,1\n', 'utf16le'),
    },
    /^people\.csv: line 2, column 2 \(full_name\): is not UTF-16LE$/,
  ],
  [
    'a staging table of a name that is taken',
    { mapping: { table: 'doc' } },
    /^import\.json: files\[0\]\.table: a table has this name$/,
  ],
  [
    'a syntax error',
    { sql: 'INSERT INTO customers (customer)\n  SELEC id FROM people' },
    /^import\.sql: line 2, column 3: syntax error at or near "SELEC"$/,
  ],
  [
    'a statement nested too deeply',
    { sql: `UPDATE customers SET name = ${'('.repeat(20_000)}1` },
    /^import\.sql: line 1, column \d+: /,
  ],
  ...[5_000, 50_000].map((length): [string, FixtureFiles, RegExp] => [
    `a statement of ${length} terms`,
    { sql: `UPDATE customers SET name = (1${' + 1'.repeat(length)})::text` },
    /^import\.sql: line 1, column 1: is too deeply nested to be read$/,
  ]),
  ['no statement', { sql: '-- nothing\n' }, /^import\.sql: line 1, column 1: holds no statement$/],
  [
    'an unknown column',
    { sql: "-- 注释\nUPDATE customers SET name = '名',\n  nmae = 'x'" },
    /^import\.sql: line 3, column 3: column "nmae" of relation "customers" does not exist$/,
  ],
  [
    'a number that SQL refuses',
    { people: 'id,姓名,age\n1,a,1\n2,b,三十\n3,c,5\n' },
    /^import\.sql: line 7, column 1: invalid input syntax for type integer: "…", because of people\.csv: line 3, column 3 \(age\)$/,
  ],
  [
    'a value that a constraint refuses',
    {
      sql: "INSERT INTO customers (customer, locale, as_of) SELECT id, full_name, DATE '2026-11-01' FROM people WHERE full_name IS NOT NULL",
    },
    /^import\.sql: line 1, column 1: new row .*"customers_locale_check", because of people\.csv: line 2, column 2 \(full_name\)$/,
  ],
  [
    'two rows for one customer',
    { mapping: { key: undefined }, people: 'id,姓名,age\n1,a,1\n2,b,1\n1,c,1\n' },
    /^import\.sql: line 2, column 1: ON CONFLICT DO UPDATE command cannot affect row a second time.*, because of people\.csv: line 4, column 1 \(id\)$/,
  ],
  [
    'a fault of no row',
    { sql: "UPDATE customers SET name = 'x', as_of = '2026-13-01'" },
    /^import\.sql: line 1, column 42: date\/time field value out of range: "2026-13-01"$/,
  ],
  ...[
    "UPDATE customers SET name = p.full_name::regtype::text FROM people p WHERE p.id = '1'",
    "UPDATE customers SET name = current_setting(p.full_name) FROM people p WHERE p.id = '1'",
    "UPDATE customers SET birthday = make_date(1990, 2, p.age::int + 1) FROM people p WHERE p.id = '1'",
  ].map((sql): [string, FixtureFiles, RegExp] => [
    `a fault whose message would quote a value: ${sql.slice(28, 60)}`,
    { sql },
    /^import\.sql: line 1, column \d+: (?!.*(张三|1990-02-31))/,
  ]),
];

onEveryEngine((fresh) => {
  const write = fixtures();

  async function withPeople(): Promise<Database> {
    const db = await fresh();
    await run(db, write());
    return db;
  }

  async function run(db: Database, { dir, data }: Fixture) {
    return importFiles(db, await readPlan(dir), data, () =>
      publishRecords(db, collections, policy),
    );
  }

  /** The import is refused with one message, and the database is as before. */
  async function refuses(db: Database, fixture: Fixture, message: RegExp): Promise<void> {
    const before = await dump(db);
    await assert.rejects(run(db, fixture), (error: Error) => {
      assert.ok(error instanceof ImportError, String(error.stack));
      assert.match(error.message, message);
      return true;
    });
    assert.deepEqual(await dump(db), before);
  }

  it('brings rows and their documents in, and writes nothing the second time', async () => {
    const db = await fresh();
    const all = { inserted: 3, updated: 0, unchanged: 0 };
    assert.deepEqual(await run(db, write()), {
      read: { people: 3 },
      tables: { customers: all, metrics: all },
      documents: 3,
    });
    const before = await dump(db);
    assert.equal(before.customers?.length, 3);
    assert.match(before.customers.join(), /"p-2".*"李\\n四"|"李\\n四".*"p-2"/);
    const none = { inserted: 0, updated: 0, unchanged: 3 };
    assert.deepEqual(await run(db, write()), {
      read: { people: 3 },
      tables: { customers: none, metrics: none },
      documents: 0,
    });
    assert.deepEqual(await dump(db), before);
  });

  it('updates what changed alone', async () => {
    const db = await withPeople();
    const { tables, documents } = await run(
      db,
      write({ people: 'id,姓名,age\n1,李五,30\n4,d,\n' }),
    );
    assert.deepEqual(tables, {
      customers: { inserted: 1, updated: 1, unchanged: 2 },
      metrics: { inserted: 1, updated: 0, unchanged: 3 },
    });
    assert.equal(documents, 2);
  });

  it('tells an empty field from an empty text', async () => {
    const db = await withPeople();
    const sql = `UPDATE customers SET name = concat('n', full_name IS NULL) FROM people
      WHERE customer = 'p-' || id`;
    await run(db, write({ sql, people: 'id,姓名,age\n1,,1\n2,"",1\n' }));
    const rows = await db.query('SELECT name FROM customers ORDER BY customer LIMIT 2');
    assert.deepEqual(rows, [{ name: 'nt' }, { name: 'nf' }]);
  });

  it('stages more rows than one insert takes', async () => {
    const db = await withPeople();
    const rows = Array.from({ length: 2_500 }, (_, n) => `${n},n${n},1`);
    const { read, tables } = await run(db, write({ people: `id,姓名,age\n${rows.join('\n')}` }));
    assert.deepEqual(read, { people: 2_500 });
    assert.equal(tables.customers?.inserted, 2_497);
  });

  for (const [what, files, message] of INPUT) {
    it(`refuses ${what}, and changes nothing`, async () => {
      await refuses(await withPeople(), write(files), message);
    });
  }

  it('imports GB18030 as docs/import.md shows', async () => {
    const db = await withPeople();
    const [json = '', sql = ''] = [...DOCS.matchAll(/```(?:json|sql)\n(.*?)```/gs)].map(
      ([, block]) => block,
    );
    const { dir, data } = write({ mapping: json, sql });
    writeFileSync(join(data, 'customers.txt'), Buffer.from(CORE, 'hex'));
    const { tables } = await run(db, { dir, data });
    assert.equal(tables.customers?.inserted, 1);
    const [row] = await db.query(`SELECT name, since FROM customers WHERE customer = '1'`);
    assert.deepEqual(row, { name: '李𠮷', since: '2020-01-31' });
  });

  it('undoes what came before the fault', async () => {
    const sql = `${PEOPLE.sql}\nUPDATE metrics SET age_years = 1 / (age_years - 30);`;
    const people = 'id,姓名,age\n9,new,31\n1,changed,30\n';
    await refuses(
      await withPeople(),
      write({ sql, people }),
      /line 12, column 1: division by zero/,
    );
  });

  it('makes up for documents that could not be written at the next import', async () => {
    const db = await withPeople();
    const { dir, data } = write({ people: 'id,姓名,age\n9,new,31\n' });
    const fails = importFiles(db, await readPlan(dir), data, () => Promise.reject(new Error('no')));
    await assert.rejects(fails, /^Error: no$/);
    const { tables, documents } = await run(db, { dir, data });
    assert.deepEqual([tables.customers?.inserted, documents], [0, 1]);
  });

  it('refuses every statement that is not allowed, and changes nothing', async () => {
    const db = await withPeople();
    await db.query(
      `CREATE FUNCTION harmful() RETURNS text LANGUAGE sql VOLATILE SECURITY DEFINER
       AS $$ UPDATE doc SET rev = 99 RETURNING id $$`,
    );
    await db.query(
      `CREATE FUNCTION spoils(customers) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
       AS $$ SELECT body::text FROM doc LIMIT 1 $$`,
    );
    await db.query(
      `CREATE FUNCTION md5(date) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
       AS $$ SELECT body::text FROM doc LIMIT 1 $$`,
    );
    await db.query(
      `CREATE FUNCTION twice(text, text) RETURNS text LANGUAGE sql VOLATILE AS 'SELECT $1'`,
    );
    await db.query('CREATE OPERATOR ||| (LEFTARG = text, RIGHTARG = text, FUNCTION = twice)');
    await db.query('CREATE OPERATOR || (LEFTARG = text, RIGHTARG = text, FUNCTION = twice)');
    for (const [sql, message] of STATEMENTS) {
      await refuses(db, write({ sql: `-- 一\n/* 二 */\n${sql}` }), message).catch(
        (cause: unknown) => {
          throw new Error(`not refused as it should be: ${sql}`, { cause });
        },
      );
    }
  });

  it('takes what an import needs: WITH, joins, windows, dates, arrays, JSON', async () => {
    const db = await withPeople();
    const sql = `
      WITH known AS (SELECT id, trim(full_name) AS name, row_number() OVER (ORDER BY id) AS n
                     FROM people WHERE full_name IS NOT NULL)
      INSERT INTO customers (customer, name, since, consents, as_of)
      SELECT 'w-' || id, coalesce(name, '?'), to_date('20260102', 'YYYYMMDD') + n::int,
        ARRAY['CARE'] || string_to_array('A|B', '|'), date_trunc('month', now())::date
      FROM known JOIN generate_series(1, 2) AS g(x) ON x = n;
      INSERT INTO events (customer, id, type, on_date, body)
      SELECT 'w-' || id, 'e', 'X', CURRENT_DATE, jsonb_build_object('age', age) FROM people
      ON CONFLICT (customer, id) DO NOTHING;
      UPDATE holdings AS h SET name = c.name FROM customers AS c
      WHERE c.customer = h.customer AND EXISTS (SELECT 1 FROM people AS p WHERE p.id = c.customer) -- the end`;
    const { tables } = await run(db, write({ sql }));
    assert.deepEqual(tables, {
      customers: { inserted: 2, updated: 0, unchanged: 3 },
      events: { inserted: 3, updated: 0, unchanged: 0 },
      holdings: { inserted: 0, updated: 0, unchanged: 0 },
    });
  });
});
