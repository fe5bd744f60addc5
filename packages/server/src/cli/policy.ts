import { UsageError } from './command.js';
import type { Command } from './command.js';

const ACTIONS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./policy-check.js')).policyCheck,
  diff: async () => (await import('./policy-diff.js')).policyDiff,
  publish: async () => (await import('./policy-publish.js')).policyPublish,
};

/** `liyu policy check|diff|publish`: the way of rules from a folder into force. */
export const policy: Command = async ([action, ...args], terminal) => {
  const load = action !== undefined && Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (load === undefined) {
    const found = action === undefined ? '' : `, not ${action}`;
    throw new UsageError(`policy: check, diff or publish${found}`);
  }
  return (await load())(args, terminal);
};
