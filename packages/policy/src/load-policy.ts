import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PolicyError, parsePolicy } from './parse-policy.js';
import type { Policy } from './policy.js';

export { canonicalJson } from './canonical-json.js';
export { PolicyError, parsePolicy } from './parse-policy.js';

/** The rules that come with Liyu. */
export const DEFAULT_POLICY_DIR = fileURLToPath(new URL('../data', import.meta.url));

/**
 * Reads every .json of `dir` but golden.json. Throws a PolicyError as `parsePolicy` does, which also
 * names what can't be read and what is no JSON.
 */
export function loadPolicy(dir: string = DEFAULT_POLICY_DIR): Policy {
  const contents: Record<string, unknown> = {};
  const unreadable: Record<string, string> = {};
  for (const file of listFiles(dir)) {
    const name = file.replace(/\.json$/, '');
    try {
      contents[name] = JSON.parse(readFileSync(join(dir, file), 'utf8'));
    } catch (error) {
      unreadable[name] = (error as Error).message;
    }
  }
  return parsePolicy(contents, unreadable);
}

function listFiles(dir: string): string[] {
  try {
    return readdirSync(dir).filter((file) => file.endsWith('.json') && file !== 'golden.json');
  } catch {
    throw new PolicyError([`${dir}: not a folder that can be read`]);
  }
}
