import { CREATE_AUDIT_TABLES } from './audit-tables.js';
import { CREATE_IMPORT_ROLE } from './import-role.js';
import { CREATE_ROW_SECURITY } from './row-security.js';

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
  {
    id: 3,
    name: 'records of the bank, outbox, members of staff scopes, audit',
    statements: [
      `CREATE TABLE branches (
        branch          text COLLATE "C" PRIMARY KEY,
        name            text NOT NULL,
        name_en         text,
        personal_banker boolean NOT NULL DEFAULT false
      )`,
      `CREATE TABLE managers (
        manager text COLLATE "C" PRIMARY KEY,
        name    text NOT NULL,
        phone   text NOT NULL,
        branch  text COLLATE "C",
        duties  text[] NOT NULL DEFAULT '{}'
      )`,
      // In the clear: what leaves the server is masked, see bank/.
      `CREATE TABLE customers (
        customer          text COLLATE "C" PRIMARY KEY,
        name              text,
        phone             text,
        birthday          date,
        birthday_calendar text CHECK (birthday_calendar IN ('solar', 'lunar')),
        locale            text NOT NULL DEFAULT 'zh-CN' CHECK (locale IN ('zh-CN', 'en')),
        since             date,
        branch            text COLLATE "C",
        client_manager    text COLLATE "C",
        care_manager      text COLLATE "C",
        channel           text,
        -- Purposes of consent.json that the customer agreed to; null when the bank doesn't say.
        consents          text[],
        as_of             date NOT NULL
      )`,
      `CREATE TABLE holdings (
        customer   text COLLATE "C" NOT NULL,
        id         text COLLATE "C" NOT NULL,
        kind       text NOT NULL CHECK (kind IN ('DEPOSIT', 'LOAN', 'CARD', 'WEALTH')),
        name       text NOT NULL,
        name_en    text,
        amount_fen bigint,
        opened     date,
        matures    date,
        auto_renew boolean,
        as_of      date NOT NULL,
        PRIMARY KEY (customer, id)
      )`,
      `CREATE TABLE events (
        customer text COLLATE "C" NOT NULL,
        id       text COLLATE "C" NOT NULL,
        type     text NOT NULL,
        on_date  date NOT NULL,
        body     jsonb NOT NULL DEFAULT '{}',
        PRIMARY KEY (customer, id)
      )`,
      // What the feeder has yet to copy from scopes of customers to those of staff and of the export.
      `CREATE TABLE outbox (
        customer text COLLATE "C" NOT NULL,
        ver      bigint NOT NULL,
        coll     text COLLATE "C" NOT NULL,
        id       text COLLATE "C" NOT NULL,
        -- Whether a customer or staff did it, not the bank's own systems.
        pushed   boolean NOT NULL,
        PRIMARY KEY (customer, ver)
      )`,
      // The staff scopes that hold a customer's records, as the feeder left them.
      `CREATE TABLE member (
        customer text COLLATE "C" NOT NULL,
        scope    text COLLATE "C" NOT NULL,
        PRIMARY KEY (customer, scope)
      )`,
      // Version of the customer's scope that a copied entry stands for.
      'ALTER TABLE entry ADD COLUMN src bigint NOT NULL DEFAULT 0',
      'CREATE INDEX entry_of_customer ON entry (scope, customer)',
      // Who looked at what of a customer, and why. Rows are only ever added.
      `CREATE TABLE audit (
        customer text COLLATE "C" NOT NULL,
        n        bigint NOT NULL,
        at       timestamptz NOT NULL,
        actor    text NOT NULL,
        action   text NOT NULL,
        field    text,
        reason   text,
        PRIMARY KEY (customer, n)
      )`,
    ],
  },
  {
    id: 4,
    name: 'role of import',
    statements: CREATE_IMPORT_ROLE,
  },
  {
    id: 5,
    name: 'ids of two customers in one staff scope; lengths that records hold',
    statements: [
      // Devices choose the ids of what they write: in a scope of many customers one is not enough.
      'ALTER TABLE entry DROP CONSTRAINT entry_pkey',
      'ALTER TABLE entry ADD PRIMARY KEY (scope, coll, id, customer)',
      // As long as the records of packages/model take them, so that an import says which row is not.
      `ALTER TABLE customers
        ADD CHECK (char_length(customer) BETWEEN 1 AND 40),
        ADD CHECK (birthday BETWEEN '0001-01-01' AND '9999-12-31'),
        ADD CHECK (since BETWEEN '0001-01-01' AND '9999-12-31'),
        ADD CHECK (as_of BETWEEN '0001-01-01' AND '9999-12-31'),
        ADD CHECK (char_length(name) BETWEEN 1 AND 60),
        ADD CHECK (char_length(phone) BETWEEN 1 AND 24),
        ADD CHECK (char_length(channel) <= 40)`,
      `ALTER TABLE branches
        ADD CHECK (char_length(branch) BETWEEN 1 AND 80),
        ADD CHECK (char_length(name) <= 600 AND char_length(name_en) <= 600)`,
      `ALTER TABLE managers
        ADD CHECK (char_length(manager) BETWEEN 1 AND 80),
        ADD CHECK (char_length(name) <= 60),
        ADD CHECK (char_length(phone) <= 24)`,
      `ALTER TABLE holdings
        ADD CHECK (char_length(customer) + char_length(id) <= 95),
        ADD CHECK (amount_fen BETWEEN -9007199254740991 AND 9007199254740991),
        ADD CHECK (opened BETWEEN '0001-01-01' AND '9999-12-31'),
        ADD CHECK (matures BETWEEN '0001-01-01' AND '9999-12-31'),
        ADD CHECK (as_of BETWEEN '0001-01-01' AND '9999-12-31'),
        ADD CHECK (char_length(name) <= 600 AND char_length(name_en) <= 600)`,
      `ALTER TABLE metrics
        ADD CHECK (char_length(customer) BETWEEN 1 AND 40),
        ADD CHECK (as_of BETWEEN '0001-01-01' AND '9999-12-31')`,
    ],
  },
  {
    id: 6,
    name: 'policies and their publication',
    statements: [
      // Every set of rules that this database was worked by. Rows are only ever added.
      `CREATE TABLE policy (
        hash        text COLLATE "C" PRIMARY KEY,
        version     text NOT NULL,
        -- All files by name, those too that no code reads: what the hash is of.
        files       jsonb NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now()
      )`,
      // Who put which rules in force; the row with the highest n holds. Rows are only ever added.
      `CREATE TABLE policy_publication (
        n            bigint PRIMARY KEY,
        hash         text COLLATE "C" NOT NULL REFERENCES policy,
        maker        text NOT NULL,
        checker      text NOT NULL,
        published_at timestamptz NOT NULL DEFAULT now()
      )`,
    ],
  },
  {
    id: 7,
    name: 'audit trail of every write; erased customers',
    statements: [
      ...CREATE_AUDIT_TABLES,
      // Of a customer who was erased: whoever asks for the scope is told that it's gone.
      'ALTER TABLE scope ADD COLUMN erased boolean NOT NULL DEFAULT false',
    ],
  },
  {
    id: 8,
    name: 'marks of gc; order of the export',
    statements: [
      // A version of the scope, and since when it is known: what was gone by then is collected later.
      'ALTER TABLE scope ADD COLUMN mark bigint, ADD COLUMN marked_at timestamptz',
      // The export is read over all collections. In no other scope is that asked for.
      `CREATE INDEX entry_of_export ON entry (scope, ver) WHERE scope = 'x:export'`,
    ],
  },
  {
    id: 9,
    name: 'row-level security; role of requests',
    statements: CREATE_ROW_SECURITY,
  },
];
