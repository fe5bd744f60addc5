import { createHash } from 'node:crypto';
import { collections, project } from '@liyu/model/schemas';
import type { Doc } from '@liyu/model';
import { customerCollections } from './access-checks.js';
import type { Check } from './check.js';
import { Skipped, WRITTEN, expectEqual, expectStatus, expectThat } from './trial.js';
import type { Checkpoint, Page, Trial } from './trial.js';

export const pullChecks: readonly Check[] = [
  {
    id: 'pull-schema',
    rule: 'every record fits the schema of its collection, with no field that a customer may not read',
    run: async (trial) => {
      for (const coll of customerCollections()) {
        for (const doc of living((await trial.pullAll(coll)).documents)) {
          expectEqual(doc, project(collections[coll]!, doc as Doc, 'customer'), `${coll}:`);
          const parsed = collections[coll]!.schema.safeParse(doc);
          expectThat(
            parsed.success,
            `${coll} ${doc.id}: ${parsed.error?.issues[0]?.path.join('.') ?? ''} as the schema has it`,
          );
        }
      }
    },
  },
  {
    id: 'pull-pages',
    rule: 'pages of one record give the same records as large ones, each once, and end with more: false',
    run: async (trial) => {
      const { checkpoint } = await trial.pullAll(WRITTEN);
      await opened(trial, 3);
      const whole = await trial.pullAll(WRITTEN, checkpoint);
      expectEqual(whole.documents.length, 3, 'new records:');
      const single = await trial.pullAll(WRITTEN, checkpoint, 1);
      expectEqual(byId(single.documents), byId(whole.documents), 'pages of one:');
      const ids = single.documents.map(({ id }) => id);
      expectEqual(new Set(ids).size, ids.length, 'records of one pull that are the same:');
    },
  },
  {
    id: 'pull-end',
    rule: 'a pull from where the last one ended gives nothing, more: false and the same checkpoint',
    run: async (trial) => {
      const { checkpoint } = await trial.pullAll(WRITTEN);
      const again = await trial.pull(WRITTEN, checkpoint);
      expectEqual(again, { documents: [], checkpoint, more: false }, 'the page after the last:');
    },
  },
  {
    id: 'pull-resync',
    rule: 'a checkpoint of another epoch, and one ahead of the scope, get 409 with the reason',
    run: async (trial) => {
      await opened(trial, 1);
      const { checkpoint } = await trial.pullAll(WRITTEN);
      const wrong: [Checkpoint, string][] = [
        [{ ...checkpoint, e: checkpoint.e + 1 }, 'epoch'],
        [{ ...checkpoint, v: checkpoint.v + 1_000_000 }, 'ahead'],
      ];
      for (const [cp, reason] of wrong) {
        const body = trial.request(WRITTEN, { cp });
        const answer = await trial.probe.post('/sync/v1/pull', body, trial.own.token);
        expectStatus(answer, 409, 'resync_required');
        expectEqual((answer.json as { reason?: unknown }).reason, reason, 'reason');
      }
    },
  },
  {
    id: 'pull-order',
    rule: 'whoever reads while others write misses nothing: what was acknowledged is in the pulls',
    run: async (trial) => {
      const start = (await trial.pullAll(WRITTEN)).checkpoint;
      const docs = Array.from({ length: 24 }, () => trial.callBack());
      let isDone = false;
      const writing = Promise.all(
        docs.map((doc) => trial.push([{ newDocumentState: doc }])),
      ).finally(() => {
        isDone = true;
      });
      const seen = new Set<string>();
      let checkpoint = start;
      const read = async () => {
        const found = await trial.pullAll(WRITTEN, checkpoint, 3);
        for (const { id } of found.documents) seen.add(id);
        ({ checkpoint } = found);
      };
      try {
        while (!isDone) await read();
        await writing;
        await read();
        const missed = docs.filter(({ id }) => !seen.has(id)).length;
        expectEqual(missed, 0, 'records missed by who read meanwhile:');
      } finally {
        await writing.catch(() => null);
        await withdraw(trial, docs);
      }
    },
  },
  {
    id: 'pull-digest',
    rule: 'the digest of a collection is that of the records that a pull gives',
    run: async (trial) => {
      await opened(trial, 1);
      const { documents, checkpoint } = await trial.pullAll(WRITTEN);
      const records = [...byId(documents).values()].filter(({ _deleted: gone }) => gone !== true);
      let sum = 0n;
      for (const { id, rev } of records) {
        const hash = createHash('sha256')
          .update(`${id}|${String(rev)}`)
          .digest();
        sum = (sum + hash.readBigUInt64BE()) % 2n ** 64n;
      }
      const { scope } = trial.own;
      const body = { coll: WRITTEN, scope, sv: collections[WRITTEN]!.version, ...checkpoint };
      const answer = await trial.probe.post('/sync/v1/digest', body, trial.own.token);
      expectStatus(answer, 200);
      const { count, sum: told } = answer.json as { count?: unknown; sum?: unknown };
      expectEqual([count, String(told)], [records.length, String(sum)], 'count and sum');
    },
  },
  {
    id: 'pull-policy',
    rule: 'the rules that the device explains with are pulled from g:policy',
    run: async (trial) => {
      const page = await trial.pullAll('policies', null, 100, { ...trial.own, scope: 'g:policy' });
      if (page.documents.length === 0) throw new Skipped('no rules are published');
      for (const doc of living(page.documents)) {
        expectEqual(doc, project(collections.policies!, doc as Doc, 'customer'), 'policies:');
      }
    },
  },
];

function living(documents: Page['documents']): Page['documents'] {
  return documents.filter(({ _deleted: gone }) => gone !== true);
}

function byId(documents: Page['documents']): Map<string, Page['documents'][number]> {
  return new Map(
    [...documents].sort((a, b) => (a.id < b.id ? -1 : 1)).map((doc) => [doc.id, doc] as const),
  );
}

/** Opens call-backs and withdraws them, so that there is something to read. */
async function opened(trial: Trial, count: number): Promise<void> {
  const docs = Array.from({ length: count }, () => trial.callBack());
  const { rejects } = await trial.push(docs.map((doc) => ({ newDocumentState: doc })));
  expectEqual(rejects, [], 'rejects of new call-backs:');
  await withdraw(trial, docs);
}

/** What the checks opened, nobody has to answer. */
export async function withdraw(trial: Trial, docs: readonly Doc[]): Promise<void> {
  const ids = new Set(docs.map(({ id }) => id));
  const held = (await trial.pullAll(WRITTEN)).documents.filter(({ id }) => ids.has(id));
  if (held.length === 0) return;
  await trial.push(
    held.map((doc) => ({
      newDocumentState: { ...doc, state: 'WITHDRAWN' },
      assumedMasterState: doc,
    })),
  );
}
