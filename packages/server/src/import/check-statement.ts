import { IMPORT_TABLES } from '../db/import-role.js';
import { ImportError } from './import-error.js';
import type { Statement } from './sql-tree.js';

/** A name that a statement uses, at the location of its node. */
export interface UsedName {
  name: string;
  at: number;
}

/** What a statement uses, as far as its text tells; the database's catalogue tells the rest. */
export interface UsedNames {
  /** The table it writes. */
  target: string;
  functions: UsedName[];
  relations: UsedName[];
  /** Names that its WITH clauses give. */
  named: UsedName[];
  operators: UsedName[];
  types: UsedName[];
  /** Names after a dot: a column, or a function, since `row.f` also means f(row). */
  fields: UsedName[];
}

type Node = Readonly<Record<string, unknown>>;

const WRITES = ['InsertStmt', 'UpdateStmt'];

/** Nodes of a syntax tree that only compute or read. Whatever isn't here is refused. */
const HARMLESS = new Set([
  ...['SelectStmt', 'CommonTableExpr', 'RangeVar', 'RangeSubselect', 'RangeFunction', 'JoinExpr'],
  ...['ResTarget', 'ColumnRef', 'A_Star', 'A_Const', 'A_Expr', 'A_ArrayExpr', 'A_Indirection'],
  ...['A_Indices', 'BoolExpr', 'NullTest', 'BooleanTest', 'CaseExpr', 'CaseWhen', 'CoalesceExpr'],
  ...['MinMaxExpr', 'SubLink', 'FuncCall', 'NamedArgExpr', 'TypeCast', 'TypeName', 'RowExpr'],
  ...['SQLValueFunction', 'CollateClause', 'SortBy', 'WindowDef', 'GroupingSet', 'GroupingFunc'],
  ...['IndexElem', 'MultiAssignRef', 'SetToDefault', 'List'],
  ...['String', 'Integer', 'Float', 'Boolean', 'BitString'],
]);

/**
 * Refuses whatever is no single INSERT or UPDATE of a table of Liyu: other statements, also inside
 * WITH, SELECT INTO, locks, names of other schemas. Throws an ImportError.
 */
export function checkStatement(statement: Statement): UsedNames {
  const refuse = (at: number, message: string) =>
    new ImportError(statement.placeOfNode(at), message);
  const [kind = ''] = Object.keys(statement.tree);
  if (!WRITES.includes(kind)) {
    throw new ImportError(
      statement.place,
      `${statement.word} is not allowed, only INSERT and UPDATE are`,
    );
  }
  const body = statement.tree[kind] as Node;
  const target = body.relation as Node;
  const used: UsedNames = {
    target: String(target.relname),
    functions: [],
    relations: [],
    named: [],
    operators: [],
    types: [],
    fields: [],
  };
  if (body.returningClause !== undefined) {
    throw new ImportError(statement.place, 'RETURNING is not allowed, nobody reads it');
  }
  try {
    walk(body, (target.location as number | undefined) ?? 0);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ImportError(statement.place, 'is too deeply nested to be read');
  }
  if (!(IMPORT_TABLES as readonly string[]).includes(used.target)) {
    throw refuse(
      (target.location as number | undefined) ?? 0,
      `must write one of ${IMPORT_TABLES.join(', ')}, not ${used.target}`,
    );
  }
  return used;

  function walk(value: unknown, near: number): void {
    if (Array.isArray(value)) {
      for (const item of value) walk(item, near);
      return;
    }
    if (value === null || typeof value !== 'object') return;
    const node = value as Node;
    const at = typeof node.location === 'number' && node.location >= 0 ? node.location : near;
    visit(node, at);
    for (const [key, child] of Object.entries(node)) {
      if (/^[A-Z]/.test(key) && !HARMLESS.has(key)) {
        const place = (child as Node | null)?.location;
        const where = typeof place === 'number' ? place : at;
        throw refuse(where, `${key.replace(/(Stmt|Clause)$/, '')} is not allowed here`);
      }
      walk(child, at);
    }
  }

  /** Fields tell what a node is, also where the tree leaves out its name. */
  function visit(node: Node, at: number): void {
    if (node.intoClause !== undefined) throw refuse(at, 'SELECT INTO is not allowed');
    if (typeof node.ctename === 'string') used.named.push({ name: node.ctename, at });
    if (typeof node.relname === 'string') {
      if (node.schemaname !== undefined || node.catalogname !== undefined) {
        throw refuse(at, 'names of tables stand without a schema');
      }
      used.relations.push({ name: node.relname, at });
    }
    if (node.funcname !== undefined) {
      used.functions.push({ name: plainName(node.funcname, at), at });
    }
    if (node.names !== undefined) used.types.push({ name: plainName(node.names, at), at });
    const parts = (node.fields as unknown[] | undefined)?.slice(1) ?? node.indirection ?? [];
    for (const part of parts as Node[]) {
      const field = part.String as { sval: string } | undefined;
      if (field !== undefined) used.fields.push({ name: field.sval, at });
    }
    if (node.kind !== undefined && node.name !== undefined && Array.isArray(node.name)) {
      used.operators.push({ name: plainName(node.name, at), at });
    }
    if (node.operName !== undefined) {
      used.operators.push({ name: plainName(node.operName, at), at });
    }
    if (node.useOp !== undefined) used.operators.push({ name: plainName(node.useOp, at), at });
  }

  /** The last part of a name that is unqualified or of pg_catalog. */
  function plainName(parts: unknown, at: number): string {
    const names = (parts as { String: { sval: string } }[]).map((part) => part.String.sval);
    const isPlain = names.length === 1 || (names.length === 2 && names[0] === 'pg_catalog');
    if (!isPlain)
      throw refuse(at, `${names.join('.')} is not allowed, only what PostgreSQL brings`);
    return names.at(-1) ?? '';
  }
}
