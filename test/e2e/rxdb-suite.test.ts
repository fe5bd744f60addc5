// RxDB's own suite for replications, with RxDB's own replication and conflict handler, against our server and a
// collection `humans`. No collection of ours lets a device delete: of a human, being deleted is a field.
import { after, before, describe, it } from 'node:test';
import { collections as liyuCollections, defineCollection, field } from '@liyu/model/schemas';
import { addRxPlugin } from 'rxdb';
import type { RxCollection, WithDeleted } from 'rxdb';
import { RxDBDevModePlugin, disableWarnings } from 'rxdb/plugins/dev-mode';
import { RxDBLocalDocumentsPlugin } from 'rxdb/plugins/local-documents';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv';
import * as z from 'zod/mini';
import { openDatabase } from '../../packages/server/src/db/open-database.js';
import type { Database } from '../../packages/server/src/db/database.js';
import { startServer } from '../../packages/server/src/start-server.js';
import type { RunningServer } from '../../packages/server/src/start-server.js';
import { createIssuer } from '../../packages/server/src/testing/issuer.js';

const CUSTOMER = 'c-anna';
const SCOPE = `c:${CUSTOMER}`;

const meta = { cls: 'C1', audience: ['customer'], unit: 'text', doc: '' } as const;
const written = { ...meta, writable: ['customer'] } as const;

const humans = defineCollection({
  name: 'humans',
  schema: z.object({
    id: field(z.string(), meta),
    rev: field(z.int(), meta),
    firstName: field(z.string(), written),
    lastName: field(z.string(), written),
    age: field(z.optional(z.int()), written),
    removed: field(z.boolean(), written),
  }),
  version: 0,
  indexes: [],
  scopeOf: () => SCOPE,
  apply: (_, next) => ({ master: next, also: [] }),
});

interface Human {
  passportId: string;
  firstName: string;
  lastName: string;
  age?: number;
}
interface Checkpoint {
  e: number;
  v: number;
}
type Held = Omit<Human, 'passportId'> & { id: string; rev: number; removed: boolean };

const toServer = ({ passportId, _deleted, ...human }: WithDeleted<Human>) => {
  return { ...human, id: passportId, removed: _deleted };
};
const toDevice = ({ id, rev: _rev, removed, ...human }: Held): WithDeleted<Human> => {
  return { ...human, passportId: id, _deleted: removed };
};

// The suite asks mocha for these.
Object.assign(globalThis, { describe, it });
addRxPlugin(RxDBDevModePlugin);
addRxPlugin(RxDBLocalDocumentsPlugin);
disableWarnings();
const { runReplicationBaseTestSuite, setConfig } = await import('rxdb/plugins/test-utils');
setConfig({
  storage: {
    name: 'memory',
    getStorage: () => wrappedValidateAjvStorage({ storage: getRxStorageMemory() }),
  },
} as Parameters<typeof setConfig>[0]);

describe("RxDB's suite for replications", () => {
  let database: Database;
  let server: RunningServer;
  let token: string;

  before(async () => {
    const issuer = await createIssuer();
    database = await openDatabase('pglite:memory');
    const collections = { ...liyuCollections, humans };
    server = await startServer({ database, auth: issuer, collections });
    token = await issuer.token(CUSTOMER);
  });
  after(async () => {
    await server.close();
    await database.close();
  });

  const post = async <Answer>(path: string, body: object): Promise<Answer> => {
    const response = await fetch(`${server.url}/sync/v1/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ coll: 'humans', scope: SCOPE, sv: 0, ...body }),
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(text);
    return JSON.parse(text) as Answer;
  };
  const pullAll = async (from: Checkpoint | null) => {
    const documents: Held[] = [];
    for (let cp = from; ;) {
      const page = await post<{ documents: Held[]; checkpoint: Checkpoint; more: boolean }>(
        'pull',
        {
          cp,
          limit: 100,
        },
      );
      documents.push(...page.documents);
      cp = page.checkpoint;
      if (!page.more) return { documents, checkpoint: cp };
    }
  };
  const start = (collection: RxCollection<Human>, live: boolean) =>
    replicateRxCollection<Human, Checkpoint>({
      collection,
      replicationIdentifier: server.url,
      live,
      pull: {
        batchSize: 100_000,
        handler: async (cp) => {
          const { documents, checkpoint } = await pullAll(cp ?? null);
          return { documents: documents.map(toDevice), checkpoint };
        },
      },
      push: {
        handler: async (rows) => {
          const { conflicts, rejects } = await post<{ conflicts: Held[]; rejects: object[] }>(
            'push',
            {
              rows: rows.map(({ newDocumentState, assumedMasterState }) => ({
                newDocumentState: toServer(newDocumentState),
                ...(assumedMasterState && { assumedMasterState: toServer(assumedMasterState) }),
              })),
            },
          );
          if (rejects.length > 0) throw new Error(JSON.stringify(rejects));
          return conflicts.map(toDevice);
        },
      },
    });

  runReplicationBaseTestSuite({
    startReplication: (collection) => start(collection, true),
    syncOnce: async (collection) => {
      const replication = start(collection, false);
      await replication.awaitInitialReplication();
    },
    getAllServerDocs: async () => (await pullAll(null)).documents,
    cleanUpServer: async () => {
      for (const table of ['entry', 'scope']) {
        await database.query(`DELETE FROM ${table} WHERE scope = $1`, [SCOPE]);
      }
      await database.query('DELETE FROM doc WHERE customer = $1', [CUSTOMER]);
    },
    softDeletes: true,
    isDeleted: (human: Held) => human.removed,
    getPrimaryOfServerDoc: ({ id }: Held) => id,
  });
});
