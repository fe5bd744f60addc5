import { fields } from '@liyu/model/schemas';
import type { Collection } from '@liyu/model';
import * as z from 'zod';
import type { Caller } from '../auth/caller.js';
import type { Database } from '../db/database.js';
import type { Log } from '../log.js';
import type { ChangeFeed } from '../sync/change-feed.js';
import { pull } from '../sync/pull.js';
import { push } from '../sync/push.js';
import type { Collections } from '../sync/write-docs.js';
import type { LiyuApp } from './context.js';
import { Problem } from './problem.js';
import { readJson } from './read-json.js';

/** Most rows of one push. */
const ROW_LIMIT = 200;

const name = z.string().min(1).max(200);
const version = z.int().min(0);
const target = { coll: name, scope: name, sv: version };

const pullRequest = z.object({
  ...target,
  cp: z.object({ e: version, v: version }).nullable(),
  limit: z.int().min(1),
});
const state = z.record(z.string(), z.unknown());
const pushRequest = z.object({
  ...target,
  rows: z.array(
    z.object({ newDocumentState: state, assumedMasterState: state.nullable().optional() }),
  ),
});

export interface SyncParts {
  db: Database;
  collections: Collections;
  feed: ChangeFeed;
  log: Log;
  /** Clock, in ms since 1970. */
  now: () => number;
}

/** POST /sync/v1/pull and /sync/v1/push, behind `authenticate`. */
export function addSyncRoutes(app: LiyuApp, { db, collections, feed, log, now }: SyncParts): void {
  app.post('/sync/v1/pull', async (c) => {
    const caller = c.get('caller');
    const { coll, scope, sv, cp, limit } = await readJson(c.req.raw, pullRequest);
    const collection = admit(collections, caller, coll, scope, sv);
    const page = await pull(db, { collection, scope, audience: caller.actor.role, cp, limit });
    if ('resync' in page) throw new Problem('resync_required', { reason: page.resync });
    return c.json(page);
  });

  app.post('/sync/v1/push', async (c) => {
    const caller = c.get('caller');
    const { coll, scope, sv, rows } = await readJson(c.req.raw, pushRequest);
    if (rows.length > ROW_LIMIT) throw new Problem('too_large', { reason: 'rows' });
    const collection = admit(collections, caller, coll, scope, sv);
    const { actor } = caller;
    const instant = new Date(now()).toISOString();
    const request = { collections, collection, scope, rows, actor, now: instant };
    const { answer, written, failures } = await push(db, request);
    if (written > 0) feed.poke(scope);
    for (const failure of failures) log.failure('rule failed', failure, c.get('request'));
    return c.json(answer);
  });
}

/**
 * The collection that a caller asked for. A scope of somebody else, one that doesn't exist, a
 * collection that doesn't exist or isn't for the caller's role: all one and the same 403.
 */
function admit(
  collections: Collections,
  { scopes, actor }: Caller,
  coll: string,
  scope: string,
  sv: number,
): Collection {
  const collection = Object.hasOwn(collections, coll) ? collections[coll] : undefined;
  const id = collection?.schema.def.shape.id;
  const isForRole = id !== undefined && fields.get(id)?.audience.includes(actor.role) === true;
  if (collection === undefined || !isForRole || !scopes.includes(scope)) {
    throw new Problem('scope_gone');
  }
  if (sv !== collection.version) throw new Problem('upgrade_required');
  return collection;
}
