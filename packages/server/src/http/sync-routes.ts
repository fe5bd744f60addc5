import type { Collection } from '@liyu/model';
import { collectionAt } from '@liyu/model/schemas';
import * as z from 'zod';
import type { Caller } from '../auth/caller.js';
import type { Database, Queryable } from '../db/database.js';
import type { Log } from '../log.js';
import type { Meter } from '../metrics/meter.js';
import { asCaller, openCustomer } from '../sync/as-caller.js';
import type { ChangeFeed } from '../sync/change-feed.js';
import { digest } from '../sync/digest.js';
import { pull } from '../sync/pull.js';
import type { ResyncReason } from '../sync/pull.js';
import { customerOf, isErased, membersAmong, staffName } from '../sync/desk.js';
import { push } from '../sync/push.js';
import type { PushAnswer } from '../sync/push.js';
import { customerScope, isDeskScope, ownerOf } from '../sync/scope.js';
import { readable } from '../sync/readable.js';
import { Turns } from '../sync/turns.js';
import { isStorable } from '../sync/storable.js';
import type { Collections } from '../sync/write-docs.js';
import type { LiyuApp } from './context.js';
import { Problem } from './problem.js';
import { readJson } from './read-json.js';

/** Most rows of one push. */
const ROW_LIMIT = 200;
/** Largest record, in bytes of JSON: as it is and as it was, a row of it fits into one body. */
const DOCUMENT_LIMIT = 120 * 1024;

const name = z.string().min(1).max(200).refine(isStorable);
const version = z.int().min(0);
const target = { coll: name, scope: name, sv: version };

const pullRequest = z.object({
  ...target,
  cp: z.object({ e: version, v: version, s: version.optional() }).nullable(),
  limit: z.int().min(1),
});
const digestRequest = z.object({ ...target, e: version, v: version });
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
  /** Called after a write that others have to copy. */
  onWritten: () => void;
  log: Log;
  meter: Meter;
  /** Clock, in ms since 1970. */
  now: () => number;
}

/** POST /sync/v1/pull, /sync/v1/push and /sync/v1/digest, behind `authenticate`. */
export function addSyncRoutes(app: LiyuApp, parts: SyncParts): void {
  const { db, collections, feed, log, meter, now } = parts;
  const turns = new Turns();
  const resync = (reason: ResyncReason) => {
    meter.resync(reason);
    return new Problem('resync_required', { reason });
  };
  app.post('/sync/v1/pull', async (c) => {
    const caller = c.get('caller');
    const { coll, scope, sv, cp, limit } = await readJson(c.req.raw, pullRequest);
    const audience = caller.actor.role;
    const page = await asCaller(db, caller, async (tx) => {
      const collection = await admit(tx, collections, caller, coll, scope, sv);
      return pull(tx, { collection, scope, audience, cp, limit });
    });
    if ('resync' in page) throw resync(page.resync);
    meter.pulled(coll, page.documents.length);
    return c.json(page);
  });

  app.post('/sync/v1/digest', async (c) => {
    const { coll, scope, sv, e, v } = await readJson(c.req.raw, digestRequest);
    const caller = c.get('caller');
    const found = await asCaller(db, caller, async (tx) => {
      const collection = await admit(tx, collections, caller, coll, scope, sv);
      return digest(tx, { collection, scope, cp: { e, v } });
    });
    if ('resync' in found) throw resync(found.resync);
    return c.json(found);
  });

  app.post('/sync/v1/push', async (c) => {
    const caller = c.get('caller');
    const { coll, scope, sv, rows } = await readJson(c.req.raw, pushRequest);
    if (rows.length > ROW_LIMIT) throw new Problem('too_large', { reason: 'rows' });
    if (rows.some(isTooLarge)) throw new Problem('too_large', { reason: 'document' });
    const { collection, actor, groups } = await asCaller(db, caller, async (tx) => ({
      collection: await admit(tx, collections, caller, coll, scope, sv),
      actor: await named(tx, caller.actor),
      groups: await byCustomer(tx, caller, coll, scope, rows),
    }));
    const { scopes } = caller;
    const instant = new Date(now()).toISOString();
    const desks = desksTo(caller, scope);
    const answer: PushAnswer = { conflicts: [], rejects: [] };
    for (const [own, group] of groups) {
      const request = { collections, collection, rows: group, actor, scopes, desks, now: instant };
      const result =
        own === null ? null : await turns.run(own, () => push(db, { ...request, scope: own }));
      if (own === null || result === null) {
        if (!isDeskScope(scope)) throw new Problem('scope_gone');
        answer.rejects.push(...group.map((row) => ({ id: idOf(row), code: 'forbidden' })));
        answer.conflicts.push(...group.map((row) => ({ id: idOf(row), _deleted: true as const })));
        continue;
      }
      answer.conflicts.push(...result.answer.conflicts);
      answer.rejects.push(...result.answer.rejects);
      if (result.written > 0) {
        feed.poke(own);
        parts.onWritten();
      }
      for (const failure of result.failures) {
        log.failure('rule failed', failure, c.get('request'));
      }
    }
    meter.pushed(collection.name, rows.length, answer);
    return c.json(answer);
  });
}

/** The desks through which a caller reaches a scope; null when the scope is their own. */
function desksTo({ scopes }: Caller, scope: string): string[] | null {
  if (isDeskScope(scope)) return scopes.filter((one) => one === scope);
  return scopes.includes(scope) ? null : scopes.filter(isDeskScope);
}

type Rows = z.infer<typeof pushRequest>['rows'];

/**
 * The rows by the scope they are written in. Those sent to a desk go to the scope of their customer,
 * each in a transaction of its own; null stands for customers who don't belong to the desk.
 */
async function byCustomer(
  tx: Queryable,
  { scopes }: Caller,
  coll: string,
  scope: string,
  rows: Rows,
): Promise<[scope: string | null, rows: Rows][]> {
  if (!isDeskScope(scope)) return [[scope, rows]];
  const groups = new Map<string | null, Rows>();
  const named = rows.map((row) => customerOf(coll, row.newDocumentState));
  const members = await membersAmong(
    tx,
    scopes.filter((one) => one === scope),
    named.filter((customer) => customer !== null),
  );
  for (const [index, row] of rows.entries()) {
    const customer = named[index] ?? null;
    const key = customer !== null && members.has(customer) ? customerScope(customer) : null;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups];
}

function isTooLarge({ newDocumentState }: Rows[number]): boolean {
  return Buffer.byteLength(JSON.stringify(newDocumentState)) > DOCUMENT_LIMIT;
}

function idOf({ newDocumentState: { id } }: Rows[number]): string {
  return typeof id === 'string' ? id : '';
}

/** The caller with the name that records they sign carry. */
async function named(tx: Queryable, actor: Caller['actor']): Promise<Caller['actor']> {
  if (actor.manager === null) return actor;
  return { ...actor, name: await staffName(tx, actor.manager) };
}

/**
 * The collection that a caller asked for; the transaction may read its scope from here on. A scope of
 * somebody else, one that doesn't exist, a collection that doesn't exist or isn't for the caller's role:
 * all one and the same 403. Staff may open a customer who belongs to one of their desks; the desks
 * themselves hold some collections only.
 */
async function admit(
  tx: Queryable,
  collections: Collections,
  caller: Caller,
  coll: string,
  scope: string,
  sv: number,
): Promise<Collection> {
  const { scopes, actor } = caller;
  const collection = readable(collections, coll, actor.role);
  if (collection === undefined) throw new Problem('scope_gone');
  if (isDeskScope(scope) && collection.desk !== true) throw new Problem('scope_gone');
  if (!scopes.includes(scope)) {
    const customer = ownerOf(scope);
    const desks = scopes.filter(isDeskScope);
    if (customer === '' || !(await openCustomer(tx, caller, desks, customer))) {
      throw new Problem('scope_gone');
    }
  } else if (ownerOf(scope) !== '' && (await isErased(tx, scope))) {
    throw new Problem('scope_gone');
  }
  const known = collectionAt(collection, sv);
  if (known === null) throw new Problem('upgrade_required');
  return known;
}
