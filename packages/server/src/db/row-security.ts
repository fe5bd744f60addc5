import { createBareRole } from './bare-role.js';
import { CREATE_IMPORT_POLICIES } from './import-role.js';

/** Whose rights a request has: see sync/as-caller.ts. It can't log in. */
export const REQUEST_ROLE = 'liyu_request';

/** Settings of a transaction that say who asks: a JSON array of scopes, and the number of staff. */
export const SCOPES_SETTING = 'liyu.scopes';
export const MANAGER_SETTING = 'liyu.manager';

/** Every table of the schema at migration 9, but for the ledger; what requests lock first comes first. */
const TABLES = [
  ...['scope', 'doc', 'entry', 'outbox', 'audit_key', 'audit_head', 'audit', 'reveal', 'member'],
  ...['branches', 'managers', 'customers', 'holdings', 'metrics', 'events'],
  ...['policy', 'policy_publication'],
];

// As subselects that read no row: they are evaluated once a statement, and an index can follow them.
// A setting that isn't there is null, one of an earlier transaction of the connection is empty.
const SCOPES = `ARRAY(SELECT jsonb_array_elements_text(
  nullif(current_setting('${SCOPES_SETTING}', true), '')::jsonb))`;
const MANAGER = `(SELECT nullif(current_setting('${MANAGER_SETTING}', true), ''))`;

const OWN_CUSTOMER = `('c:' || customer) = ANY (${SCOPES})`;
const OWN_SCOPE = `scope = ANY (${SCOPES})`;
/** Of a customer; the other scopes are the bank's to write. */
const OWN_CUSTOMERS_SCOPE = `left(scope, 2) = 'c:' AND ${OWN_SCOPE}`;
/** The chain of a scope whose key the caller may read. */
const OWN_CHAIN = (table: string) =>
  `EXISTS (SELECT FROM audit_key k WHERE k.chain = ${table}.chain AND left(k.scope, 2) = 'c:')`;

/**
 * A record is read by whoever holds the scope of its customer; the bank's own by whoever holds
 * `g:policy`; of a customer who belongs to a desk of the caller, the record that says so, and what the
 * feeder copied to the desk.
 */
const READABLE_DOC = `${OWN_CUSTOMER}
  OR (customer = '' AND 'g:policy' = ANY (${SCOPES}))
  OR (coll = 'customers' AND id = customer AND NOT deleted AND ARRAY[
    'm:' || (body #>> '{clientManager,id}'),
    'm:' || (body #>> '{careManager,id}'),
    'b:' || (body #>> '{branch,id}')
  ] && ${SCOPES})
  OR EXISTS (
    SELECT FROM entry e WHERE e.scope = ANY (${SCOPES}) AND e.coll = doc.coll AND e.id = doc.id
      AND e.customer = doc.customer AND NOT e.gone
  )`;

/** What requests do with a table: privileges, and which rows each covers. */
interface Door {
  table: string;
  grant: string;
  select?: string;
  insert?: string;
  /** The rows as they are, which may also be locked, and as they are to be. */
  update?: { using: string; check: string };
}

const DOORS: readonly Door[] = [
  {
    table: 'scope',
    grant: 'SELECT, INSERT (scope, epoch, ver, gc), UPDATE (ver, erased)',
    select: OWN_SCOPE,
    // A push to the bank's own scope locks it before its rows are refused.
    insert: OWN_SCOPE,
    update: { using: OWN_SCOPE, check: OWN_CUSTOMERS_SCOPE },
  },
  {
    table: 'doc',
    grant: 'SELECT, INSERT, UPDATE (body, deleted, rev)',
    select: READABLE_DOC,
    insert: OWN_CUSTOMER,
    update: { using: OWN_CUSTOMER, check: OWN_CUSTOMER },
  },
  {
    table: 'entry',
    grant: 'SELECT, INSERT (scope, coll, id, customer, ver), UPDATE (ver, gone)',
    select: OWN_SCOPE,
    insert: `${OWN_SCOPE} AND scope = 'c:' || customer`,
    update: { using: OWN_CUSTOMERS_SCOPE, check: `${OWN_SCOPE} AND scope = 'c:' || customer` },
  },
  { table: 'outbox', grant: 'INSERT', insert: OWN_CUSTOMER },
  {
    table: 'audit_key',
    grant: 'SELECT, INSERT',
    select: OWN_CUSTOMERS_SCOPE,
    insert: OWN_CUSTOMERS_SCOPE,
  },
  {
    table: 'audit_head',
    grant: 'SELECT, INSERT, UPDATE (n, hash)',
    select: OWN_CHAIN('audit_head'),
    insert: OWN_CHAIN('audit_head'),
    update: { using: OWN_CHAIN('audit_head'), check: OWN_CHAIN('audit_head') },
  },
  { table: 'audit', grant: 'INSERT', insert: OWN_CHAIN('audit') },
  {
    table: 'reveal',
    grant: 'SELECT, INSERT',
    select: `${OWN_CUSTOMER} AND ${MANAGER} IS NOT NULL`,
    insert: `${OWN_CUSTOMER} AND actor = ${MANAGER}`,
  },
  {
    table: 'customers',
    grant: 'SELECT (customer, name, phone, birthday)',
    select: `${OWN_CUSTOMER} AND ${MANAGER} IS NOT NULL`,
  },
  { table: 'managers', grant: 'SELECT (manager, name)', select: `manager = ${MANAGER}` },
];

function policiesOf({ table, select, insert, update }: Door): string[] {
  const policy = (command: string, rows: string) =>
    `DROP POLICY IF EXISTS request_${command.toLowerCase()} ON ${table};
     CREATE POLICY request_${command.toLowerCase()} ON ${table} FOR ${command} TO ${REQUEST_ROLE} ${rows};`;
  return [
    ...(select === undefined ? [] : [policy('SELECT', `USING (${select})`)]),
    ...(insert === undefined ? [] : [policy('INSERT', `WITH CHECK (${insert})`)]),
    ...(update === undefined
      ? []
      : [policy('UPDATE', `USING (${update.using}) WITH CHECK (${update.check})`)]),
  ];
}

const POLICIES = DOORS.flatMap(policiesOf);
/** How many policies the role needs. */
export const REQUEST_POLICIES = POLICIES.length;

/**
 * Makes the role of requests where the login may, and gives it what requests need in this database:
 * rows of the scopes that the settings name, and nothing without them. Whatever the login may not do is
 * left out, without an error: `liyu serve` says what is missing. Safe to run again.
 */
export const CREATE_REQUEST_ROLE: readonly string[] = [
  ...createBareRole(REQUEST_ROLE),
  `DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${REQUEST_ROLE}') THEN
      EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${REQUEST_ROLE}', current_schema());
      ${DOORS.map(({ table, grant }) => `GRANT ${grant} ON ${table} TO ${REQUEST_ROLE};`).join('\n      ')}
      ${POLICIES.join('\n      ')}
    END IF;
  EXCEPTION WHEN insufficient_privilege THEN NULL;
  END $$`,
];

/** Row-level security on a table, for its owner too: batches, the feeder and migrations pass. */
export function forceRowSecurity(table: string): string[] {
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY owner_all ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true)`,
  ];
}

export const CREATE_ROW_SECURITY: readonly string[] = [
  ...TABLES.flatMap(forceRowSecurity),
  ...CREATE_IMPORT_POLICIES,
  ...CREATE_REQUEST_ROLE,
];
