/**
 * The audit trail: a chain of rows for each scope, which may only grow. A row names nobody: the scope
 * stands under a random name, people and records under pseudonyms made with the scope's key. Without
 * the key, which erasure deletes, nobody can tell whose chain it is, yet it can still be checked.
 */
export const CREATE_AUDIT_TABLES: readonly string[] = [
  // Who looked at what of a customer, and why, in the clear until the customer is erased; the trail has
  // a pseudonym of each row.
  'ALTER TABLE audit RENAME TO reveal',
  'ALTER TABLE reveal RENAME CONSTRAINT audit_pkey TO reveal_pkey',
  'ALTER TABLE reveal DROP COLUMN action',
  `CREATE TABLE audit_key (
    scope text COLLATE "C" PRIMARY KEY,
    chain uuid NOT NULL UNIQUE,
    key   bytea NOT NULL
  )`,
  // The last row of each chain; written under the lock of the scope.
  `CREATE TABLE audit_head (
    chain uuid PRIMARY KEY,
    n     bigint NOT NULL,
    hash  bytea NOT NULL
  )`,
  `CREATE TABLE audit (
    chain      uuid NOT NULL,
    n          bigint NOT NULL,
    at         timestamptz NOT NULL,
    action     text NOT NULL,
    coll       text COLLATE "C",
    record     bytea,
    field      text,
    -- Of the scope after the write; of a look, its number.
    version    bigint NOT NULL,
    -- How many records the row stands for.
    records    bigint NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('customer', 'staff', 'bank')),
    actor      bytea,
    -- SHA-256 over this row and the hash of the one before it.
    hash       bytea NOT NULL,
    PRIMARY KEY (chain, n)
  )`,
  'REVOKE ALL ON audit, audit_head, audit_key FROM PUBLIC',
  // Holds for the owner of the table too, which a grant doesn't.
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'rows of the audit trail are only ever added' USING ERRCODE = '42501';
  END $$`,
  `CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
   FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
];
