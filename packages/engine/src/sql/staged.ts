import { quote } from './sql-text.js';
import type { Columns } from './stages-sql.js';

/**
 * One SELECT of these stages, each over the columns of those before it, and at last `told`. A stage gives only what is
 * read later. Where a later stage reads a term more than once, OFFSET 0 has it computed once a row: without it
 * PostgreSQL puts the term in place of its name, which saves a step where it is read once.
 */
export function staged(
  source: string,
  /** Columns of the source to give as they are, quoted. */
  own: readonly string[],
  stages: readonly Columns[],
  told: Columns,
): string {
  const needs = needsOf([...stages, told]);
  let sql = source;
  let given: readonly string[] = [];
  stages.forEach((stage, n) => {
    const needed = needs[n]!;
    const isNeeded = (name: string) => needed.has(name);
    const made = stage.filter(([name]) => isNeeded(name));
    if (made.length === 0 && n > 0) return;
    const kept = given.filter((name) => isNeeded(name) && !made.some(([own]) => own === name));
    const list = [...own, ...kept.map(quote), ...made.map(([name, term]) => as(term, name))];
    const isOnce = made.every(([name, term]) => needed.get(name) === 1 || isName(term));
    sql = `(SELECT ${list.join(',\n  ')}\nFROM ${sql}${isOnce ? '' : ' OFFSET 0'}) AS stage`;
    given = [...kept, ...made.map(([name]) => name)];
  });
  const list = [...own, ...told.map(([name, term]) => as(term, name))];
  return `SELECT ${list.join(',\n  ')}\nFROM ${sql}`;
}

function as(term: string, name: string): string {
  return term === quote(name) ? term : `${term} AS ${quote(name)}`;
}

/** By stage, the names that later ones read, and how often. */
function needsOf(stages: readonly Columns[]): Map<string, number>[] {
  let needed = new Map<string, number>();
  const all: Map<string, number>[] = [];
  for (const stage of [...stages].reverse()) {
    all.unshift(needed);
    const isLast = all.length === 1;
    const before = new Map(needed);
    for (const [name] of stage) before.delete(name);
    for (const [name, term] of stage) {
      if (!isLast && !needed.has(name)) continue;
      // Another name for a term is no stop before it.
      const times = isLast || !isName(term) ? 1 : needed.get(name)!;
      for (const read of namesIn(term)) before.set(read, (before.get(read) ?? 0) + times);
    }
    needed = before;
  }
  return all;
}

const isName = (term: string) => /^"[^"]+"$/.test(term);

/** Names in double quotes. Where a constant holds some, more is kept than is read. */
function namesIn(term: string): string[] {
  return [...term.matchAll(/"([^"]+)"/g)].map(([, name]) => name!);
}
