/** One step of the schema. Steps are never edited once released; a later step changes them. */
export interface Migration {
  id: number;
  name: string;
  statements: readonly string[];
}

/**
 * The tables, in SQL that PostgreSQL 15, PGlite and Postgres-compatible distributed engines take.
 * Keys compare by bytes (COLLATE "C"), so that an order is the same everywhere.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    id: 1,
    name: 'documents, scopes and their feed',
    statements: [
      // `customer` is empty for records of the whole bank. `body` is the record without `rev`.
      `CREATE TABLE doc (
        customer text COLLATE "C" NOT NULL,
        coll     text COLLATE "C" NOT NULL,
        id       text COLLATE "C" NOT NULL,
        body     jsonb NOT NULL,
        deleted  boolean NOT NULL DEFAULT false,
        rev      bigint NOT NULL,
        PRIMARY KEY (customer, coll, id)
      )`,
      `CREATE TABLE scope (
        scope text COLLATE "C" PRIMARY KEY,
        epoch bigint NOT NULL,
        ver   bigint NOT NULL,
        gc    bigint NOT NULL
      )`,
      `CREATE TABLE entry (
        scope    text COLLATE "C" NOT NULL,
        coll     text COLLATE "C" NOT NULL,
        id       text COLLATE "C" NOT NULL,
        customer text COLLATE "C" NOT NULL,
        ver      bigint NOT NULL,
        gone     boolean NOT NULL DEFAULT false,
        PRIMARY KEY (scope, coll, id)
      )`,
      'CREATE INDEX entry_by_ver ON entry (scope, coll, ver)',
    ],
  },
  {
    id: 2,
    name: 'metrics',
    statements: [
      // Its other columns follow the policy's metrics.json: see metrics-table.ts.
      `CREATE TABLE metrics (
        customer text COLLATE "C" NOT NULL,
        as_of    date NOT NULL,
        PRIMARY KEY (customer, as_of)
      )`,
    ],
  },
];
