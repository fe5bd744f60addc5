import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson } from './canonical-json.js';
import { FILES } from './files.js';
import type { PolicyFiles } from './files.js';
import { findMistakes } from './find-mistakes.js';
import type { Policy } from './policy.js';

export { canonicalJson } from './canonical-json.js';

/** The rules that come with Liyu. */
export const DEFAULT_POLICY_DIR = fileURLToPath(new URL('../data', import.meta.url));

/** A policy that can't be used; `mistakes` names file, item and reason, one a line. */
export class PolicyError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(`the policy can't be used:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.name = 'PolicyError';
  }
}

/**
 * Reads every .json of `dir` but golden.json. Throws a PolicyError that lists each mistake of form
 * (unreadable JSON, a wrong or missing field) or, when the form is right, of sense (an unknown name).
 */
export function loadPolicy(dir: string = DEFAULT_POLICY_DIR): Policy {
  const mistakes: string[] = [];
  const contents: Record<string, unknown> = {};
  for (const file of listFiles(dir)) {
    try {
      contents[file.replace(/\.json$/, '')] = JSON.parse(readFileSync(join(dir, file), 'utf8'));
    } catch (error) {
      mistakes.push(`${file}: ${(error as Error).message}`);
    }
  }
  const files: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(FILES)) {
    if (!(name in contents)) {
      if (!mistakes.some((mistake) => mistake.startsWith(`${name}.json:`))) {
        mistakes.push(`${name}.json: the file is missing`);
      }
      continue;
    }
    const parsed = schema.safeParse(contents[name]);
    if (parsed.success) files[name] = parsed.data;
    else
      mistakes.push(...parsed.error.issues.map((issue) => describe(name, contents[name], issue)));
  }
  if (mistakes.length > 0) throw new PolicyError(mistakes);

  const wrong = findMistakes(files as PolicyFiles);
  if (wrong.length > 0) throw new PolicyError(wrong);
  const typed = files as PolicyFiles;
  const hash = createHash('sha256').update(canonicalJson(contents)).digest('hex');
  return { version: typed['tier-ladder'].version, hash, files: typed };
}

function listFiles(dir: string): string[] {
  try {
    return readdirSync(dir).filter((file) => file.endsWith('.json') && file !== 'golden.json');
  } catch {
    throw new PolicyError([`${dir}: not a folder that can be read`]);
  }
}

/** `tier-ladder.json: rungs[3] VIP-2, criterion: …`: the path, with the id of the innermost item. */
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
