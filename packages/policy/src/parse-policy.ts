import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import { FILES } from './files.js';
import type { PolicyFiles } from './files.js';
import { findMistakes } from './find-mistakes.js';
import { findPromises } from './mistakes/promises.js';
import type { Policy } from './policy.js';

/** A policy that can't be used; `mistakes` names file, item and reason, one a line. */
export class PolicyError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(`the policy can't be used:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.name = 'PolicyError';
  }
}

/**
 * The policy of files as JSON gives them, by name without `.json`, golden left out; `unreadable` says
 * why others are none. Throws a PolicyError that lists each mistake of form (a wrong or missing field,
 * a number with a fraction) or, when the form is right, of sense (see find-mistakes.ts).
 */
export function parsePolicy(
  contents: Readonly<Record<string, unknown>>,
  unreadable: Readonly<Record<string, string>> = {},
): Policy {
  const mistakes = Object.entries(unreadable).map(([name, why]) => `${name}.json: ${why}`);
  const files: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(FILES)) {
    if (name in unreadable) continue;
    if (!(name in contents)) {
      mistakes.push(`${name}.json: the file is missing`);
      continue;
    }
    const parsed = schema.safeParse(contents[name]);
    if (parsed.success) {
      files[name] = parsed.data;
      mistakes.push(
        ...fractions(contents[name]).map(({ path, value }) =>
          describe(name, contents[name], { path, message: `${value} is no whole number` }),
        ),
      );
    } else {
      mistakes.push(...parsed.error.issues.map((issue) => describe(name, contents[name], issue)));
    }
  }
  if (mistakes.length > 0) throw new PolicyError(mistakes);

  const typed = files as PolicyFiles;
  const wrong = [...findMistakes(typed), ...findPromises(contents)];
  if (wrong.length > 0) throw new PolicyError(wrong);
  const hash = createHash('sha256').update(canonicalJson(contents)).digest('hex');
  return { version: typed['tier-ladder'].version, hash, files: typed, contents };
}

/** Where a number that isn't whole stands in a JSON value. */
function fractions(
  value: unknown,
  path: PropertyKey[] = [],
): { path: PropertyKey[]; value: number }[] {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? [] : [{ path, value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) =>
    fractions(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** `tier-ladder.json: rungs[3](VIP-2).criterion: …`: the path, with the id of the innermost item. */
function describe(
  name: string,
  content: unknown,
  issue: { path: PropertyKey[]; message: string },
): string {
  let at = content;
  let path = '';
  for (const key of issue.path) {
    at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
    path += typeof key === 'number' ? `[${key}]` : `${path === '' ? '' : '.'}${String(key)}`;
    const item = at as { id?: unknown; code?: unknown } | null | undefined;
    const id = typeof key === 'number' ? (item?.id ?? item?.code) : undefined;
    if (typeof id === 'string') path += `(${id})`;
  }
  return `${name}.json: ${path === '' ? 'the file' : path}: ${issue.message}`;
}
