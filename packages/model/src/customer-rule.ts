import type { Customer } from './customer.js';
import type { DocRef, Rule } from './define-collection.js';
import { POLICY, rulePolicy } from './rule-policy.js';

/** Why a change of preferences is refused. */
export const CUSTOMER_REJECTS = [
  /** Another customer's, or nobody's yet. */
  'forbidden',
  /** Not a channel of care-playbook.json that reaches customers. */
  'channel_unknown',
] as const;
export type CustomerReject = (typeof CUSTOMER_REJECTS)[number];

/** The policy with the names of the channels. */
export function relatedToCustomer(): DocRef[] {
  return [POLICY];
}

/** Customers alone change their preferences and language; the server names the channel. */
export const customerRule: Rule = (master, next, { actor, related }) => {
  const held = master as Customer | null;
  const { preferences } = next as unknown as Customer;
  if (actor.role !== 'customer' || actor.customer !== next.id || held === null) {
    return { reject: 'forbidden' };
  }
  const { channel } = preferences;
  if (channel === held.preferences.channel) return { master: next, also: [] };
  const { channels = [], channelLabels = {} } = rulePolicy(related)['care-playbook'] ?? {};
  // INTERNAL is a task for staff.
  if (channel !== null && (channel === 'INTERNAL' || !channels.includes(channel))) {
    return { reject: 'channel_unknown' };
  }
  const label = channel === null ? undefined : channelLabels[channel];
  const channelLabel = label === undefined ? null : { 'zh-CN': label['zh-CN'], en: label.en };
  return { master: { ...next, preferences: { ...preferences, channelLabel } }, also: [] };
};
