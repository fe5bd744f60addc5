import { primitives } from '@liyu/model/schemas';
import * as z from 'zod';
import type { Database } from '../db/database.js';
import { REVEALED, reveal } from '../bank/reveal.js';
import { isStorable } from '../sync/storable.js';
import type { LiyuApp } from './context.js';
import { Problem } from './problem.js';
import { readJson } from './read-json.js';

const REASON_LENGTH = 200;

const revealRequest = z.object({
  customer: z.string().refine((id) => primitives.id.safeParse(id).success && isStorable(id)),
  field: z.enum(REVEALED),
  reason: z.string().trim().min(2).max(REASON_LENGTH).refine(isStorable),
});

/**
 * POST /staff/v1/reveal {customer, field, reason} -> {value}: one masked field in the clear, for staff
 * at whose desk the customer is. Who looked, at what and why is kept.
 */
export function addStaffRoutes(app: LiyuApp, parts: { db: Database; now: () => number }): void {
  app.post('/staff/v1/reveal', async (c) => {
    const caller = c.get('caller');
    const { customer, field, reason } = await readJson(c.req.raw, revealRequest);
    const at = new Date(parts.now()).toISOString();
    const found = await reveal(parts.db, { caller, customer, field, reason, at });
    if (found === null) throw new Problem('scope_gone');
    return c.json(found);
  });
}
