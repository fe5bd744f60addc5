import { collections, defineCollection, field } from '@liyu/model/schemas';
import * as z from 'zod/mini';
import type { Doc, Rule } from '@liyu/model';
import type { Collections } from '../sync/write-docs.js';

const both = (text: string) => ({ 'zh-CN': text, en: text });

/** A record of customer `id` with a name to look for. */
export function customerDoc(id: string, name: string): Doc {
  return {
    id,
    rev: 0,
    asOf: '2026-11-21',
    name,
    phone: null,
    locale: 'zh-CN',
    since: '2020-05-12',
    branch: { id: 'B1', name: both('滨江支行'), personalBanker: true },
    clientManager: null,
    careManager: null,
    tier: null,
    preferences: {
      channel: null,
      channelLabel: null,
      contactTime: null,
      care: true,
      surveys: true,
      personalised: true,
    },
  };
}

export function invitation(customer: string, id: string, subject = '滨江支行'): Doc {
  return {
    id,
    rev: 0,
    customer,
    template: 'CSAT-BRANCH',
    subject: both(subject),
    on: '2026-11-18',
    expiresOn: '2999-12-31',
    state: 'invited',
    answers: null,
    callBack: false,
    submittedAt: null,
    receivedAt: null,
    receipt: null,
  };
}

/** The invitation's entry in the timeline. */
export function invitationEvent(customer: string, survey: string): Doc {
  return {
    id: `${customer}:survey:${survey}`,
    rev: 0,
    customer,
    rule: null,
    kind: 'SURVEY',
    on: '2026-11-18',
    title: both('邀请您评价'),
    note: null,
    state: 'invited',
    owner: both('客户经理'),
    ownerName: null,
    channel: null,
    survey,
  };
}

const meta = { cls: 'C1', audience: ['customer', 'staff'], unit: 'text', doc: '' } as const;

/** Takes every write of a customer, but for texts that say what to do instead. */
const noteRule: Rule = (master, next) => {
  if (next.text === 'refuse') return { reject: 'refused' };
  if (next.text === 'throw') throw new Error('a rule that fails');
  return { master: master === null ? { ...next, stamp: 'new' } : next, also: [] };
};

/** A collection that only tests know: free to write, with a field that never leaves the server. */
export const notes = defineCollection({
  name: 'notes',
  schema: z.object({
    id: field(z.string().check(z.minLength(1), z.maxLength(96)), meta),
    rev: field(z.int(), meta),
    customer: field(z.string(), meta),
    text: field(z.string(), { ...meta, writable: ['customer'] }),
    stamp: field(z.optional(z.string()), meta),
    hidden: field(z.optional(z.string()), { ...meta, audience: ['server'] }),
  }),
  version: 0,
  indexes: [],
  scopeOf: (doc) => `c:${String(doc.customer)}`,
  apply: noteRule,
});

/** A collection that customers may not know of. */
export const archive = defineCollection({
  name: 'archive',
  schema: z.object({
    id: field(z.string(), { ...meta, audience: ['staff'] }),
    rev: field(z.int(), { ...meta, audience: ['staff'] }),
    customer: field(z.string(), { ...meta, audience: ['staff'] }),
  }),
  version: 0,
  indexes: [],
  scopeOf: (doc) => `c:${String(doc.customer)}`,
});

export const withNotes: Collections = { ...collections, notes };

export function note(customer: string, id: string, text: string): Doc {
  return { id, rev: 0, customer, text };
}
