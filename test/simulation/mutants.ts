import { collections } from '@liyu/model/schemas';
import { equal, pickPaths } from '@liyu/model';
import type { Doc } from '@liyu/model';
import { readDocs } from '../../packages/server/src/sync/stored-doc.js';
import type { Fetch, WrapServer } from './bank.js';

// Servers and clients with one mistake each, around the real ones: the simulation must find them.

interface Body {
  coll: string;
  scope: string;
  cp: { e: number; v: number } | null;
  limit: number;
  rows: { newDocumentState: Doc; assumedMasterState?: Doc }[];
}

interface Page {
  documents: (Doc & { _deleted?: boolean })[];
  checkpoint: { e: number; v: number };
}

async function bodyOf(request: Request): Promise<Body> {
  return (await request.clone().json()) as Body;
}

/** The same request with another body. */
function changed(request: Request, body: object): Request {
  const { url, method, headers } = request;
  return new Request(url, { method, headers, body: JSON.stringify(body) });
}

/** Checks what a row is based on before it looks whether the record is that already. */
export const baseBeforeEquality: WrapServer = (fetch, { db }) => {
  return async (request) => {
    if (!request.url.endsWith('/push')) return fetch(request);
    const { coll, scope, rows } = await bodyOf(request);
    if (!scope.startsWith('c:')) return fetch(request);
    const keys = rows.map(({ newDocumentState: { id } }) => ({ coll, id }));
    const held = await readDocs(db, scope.slice(2), keys);
    const paths = collections[coll]!.writable.customer;
    const stale = rows.filter(({ newDocumentState: { id }, assumedMasterState: base }) => {
      const doc = held.get(`${coll}/${id}`)?.doc;
      return doc !== undefined && !equal(pickPaths(doc, paths), pickPaths(base ?? {}, paths));
    });
    if (stale.length === 0) return fetch(request);
    const conflicts = stale.map(({ newDocumentState: { id } }) => held.get(`${coll}/${id}`)!.doc);
    return Response.json({ conflicts, rejects: [] });
  };
};

/** Answers with what was written after a moment, and takes the moment of the answer for the next one. */
export const timestampCheckpoint: WrapServer = (fetch, { db, clock }) => {
  const written = new Map<string, { ver: number; at: number }>();
  /** Dates what has changed in a scope, by when the request came that wrote it. */
  const date = async (scope: string, at: number) => {
    const entries = await db.query<{ key: string; ver: number }>(
      `SELECT scope || coll || id AS key, ver FROM entry WHERE scope = $1`,
      [scope],
    );
    for (const { key, ver } of entries) {
      if (written.get(key)?.ver !== ver) written.set(key, { ver, at });
    }
  };
  return async (request) => {
    const arrived = clock.now;
    const body = await bodyOf(request);
    if (request.url.endsWith('/push')) {
      const answer = await fetch(request);
      await date(body.scope, arrived);
      return answer;
    }
    if (!request.url.endsWith('/pull')) return fetch(request);
    await date(body.scope, arrived);
    const answer = await fetch(changed(request, { ...body, cp: null }));
    if (answer.status !== 200) return answer;
    const page = (await answer.json()) as Page;
    const since = body.cp?.v ?? -1;
    const documents = page.documents.filter(
      ({ id }) => (written.get(body.scope + body.coll + id)?.at ?? arrived) > since,
    );
    return Response.json({ ...page, documents, checkpoint: { e: 1, v: clock.now } });
  };
};

/** Takes a page of the whole scope, and only then leaves out what isn't asked for. */
export const filterAfterLimit: WrapServer = (fetch: Fetch, { db }) => {
  return async (request) => {
    const body = await bodyOf(request);
    if (!request.url.endsWith('/pull')) return fetch(request);
    const answer = await fetch(request);
    if (answer.status !== 200) return answer;
    const page = (await answer.json()) as Page;
    const entries = await db.query<{ id: string; coll: string; ver: number }>(
      'SELECT id, coll, ver FROM entry WHERE scope = $1 AND ver > $2 ORDER BY ver LIMIT 2',
      [body.scope, body.cp?.v ?? 0],
    );
    const ids = entries.filter(({ coll }) => coll === body.coll).map(({ id }) => id);
    const documents = page.documents.filter(({ id }) => ids.includes(id));
    const v = entries.at(-1)?.ver ?? page.checkpoint.v;
    return Response.json({ documents, checkpoint: { ...page.checkpoint, v } });
  };
};

/** Loses the last record of each page that has others. */
export const shortPages: WrapServer = (fetch) => {
  return async (request) => {
    const answer = await fetch(request);
    if (!request.url.endsWith('/pull') || answer.status !== 200) return answer;
    const page = (await answer.json()) as Page;
    return Response.json({
      ...page,
      documents: page.documents.slice(0, Math.max(1, page.documents.length - 1)),
    });
  };
};

/** A conflict handler that throws: the client never pushes that collection again. */
export function throwingHandler(): never {
  throw new Error('a conflict handler that throws');
}
