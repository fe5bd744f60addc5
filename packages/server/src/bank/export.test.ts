import assert from 'node:assert/strict';
import { it } from 'node:test';
import { writeDocs } from '../sync/write-docs.js';
import { onEveryEngine } from '../testing/engines.js';
import { archive, note, withNotes } from '../testing/records.js';
import { testServers } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { CursorError, exportRecords } from './export.js';
import type { ExportedRecord } from './export.js';

const start = testServers();
const collections = {
  ...withNotes,
  notes: { ...withNotes.notes!, exported: true as const },
  archive,
};

onEveryEngine((fresh) => {
  const serve = async () => start(await fresh(), { collections, poll: 60_000 });
  const push = async (server: TestServer, customer: string, id: string, text: string) => {
    const rows = [{ newDocumentState: note(customer, id, text) }];
    const body = { coll: 'notes', scope: `c:${customer}`, sv: 0, rows };
    const answer = await server.post('/sync/v1/push', body, customer);
    assert.deepEqual(answer.json, { conflicts: [], rejects: [] });
  };
  const all = async (server: TestServer, since: string | null = null) => {
    const found: ExportedRecord[] = [];
    for await (const line of exportRecords(server.db, collections, since)) found.push(line);
    return found;
  };
  const ids = (lines: ExportedRecord[]) => lines.map(({ id }) => id).sort();

  it('gives what customers wrote, whole, and nothing that the bank wrote itself', async () => {
    const server = await serve();
    assert.deepEqual(await all(server), []);
    await writeDocs(server.db, collections, 'c:c-1', [
      { coll: 'notes', doc: note('c-1', 'b', 'x') },
    ]);
    await push(server, 'c-1', 'a', 'mine');
    const [line, ...rest] = await all(server);
    assert.deepEqual(rest, []);
    const { cursor, ...record } = line!;
    assert.match(cursor, /^\d+\.1$/);
    assert.deepEqual(record, {
      coll: 'notes',
      id: 'a',
      customer: 'c-1',
      rev: 1,
      deleted: false,
      record: { customer: 'c-1', text: 'mine', stamp: 'new' },
    });
  });

  it('goes on after any cursor, also with pages in between, and ends when there is no more', async () => {
    const server = await serve();
    const names = Array.from({ length: 12 }, (_, n) => `n${String(n).padStart(2, '0')}`);
    for (const [n, id] of names.entries()) await push(server, `c-${n % 3}`, id, 'x');
    const lines = await all(server);
    assert.deepEqual(ids(lines), names);
    for (const [n, { cursor }] of lines.entries()) {
      assert.deepEqual(await all(server, cursor), lines.slice(n + 1));
    }
  });

  it('reads on over many pages without leaving one out', async () => {
    const server = await serve();
    for (const part of [0, 1, 2]) {
      const rows = Array.from({ length: 200 }, (_, n) => ({
        newDocumentState: note('c-1', `n${part * 200 + n}`, 'x'),
      }));
      const body = { coll: 'notes', scope: 'c:c-1', sv: 0, rows };
      await server.post('/sync/v1/push', body, 'c-1');
    }
    assert.equal(new Set(ids(await all(server))).size, 600);
  });

  it('loses nothing to a consumer that dies while customers go on writing', async () => {
    const server = await serve();
    const kept = new Map<string, string>();
    let cursor: string | null = null;
    let deaths = 0;
    for (let round = 0; round < 6; round++) {
      await Promise.all(
        Array.from({ length: 5 }, (_, n) => push(server, `c-${n}`, `r${round}-${n}`, 'x')),
      );
      // The consumer deals with a line, dies before it has kept the cursor, and starts again.
      let left = 3;
      for await (const line of exportRecords(server.db, collections, cursor)) {
        kept.set(line.id, line.cursor);
        if (--left === 0) {
          deaths += 1;
          break;
        }
        ({ cursor } = line);
      }
    }
    for (const line of await all(server, cursor)) kept.set(line.id, line.cursor);
    assert.equal(deaths, 6);
    assert.equal(kept.size, 30);
  });

  it('gives a record again when it changes again, as it stands now', async () => {
    const server = await serve();
    await push(server, 'c-1', 'a', 'one');
    const [first] = await all(server);
    const row = {
      newDocumentState: note('c-1', 'a', 'two'),
      assumedMasterState: note('c-1', 'a', 'one'),
    };
    const body = { coll: 'notes', scope: 'c:c-1', sv: 0, rows: [row] };
    await server.post('/sync/v1/push', body, 'c-1');
    const again = await all(server, first!.cursor);
    assert.deepEqual(
      again.map(({ id, record }) => [id, record.text]),
      [['a', 'two']],
    );
  });

  it('refuses a cursor that is none, or of another history', async () => {
    const server = await serve();
    await assert.rejects(all(server, '1.5'), CursorError);
    await push(server, 'c-1', 'a', 'one');
    const [line] = await all(server);
    const [epoch] = line!.cursor.split('.') as [string];
    for (const cursor of ['', 'x', '1', `${epoch}.99`, `${Number(epoch) + 1}.1`, '1.1 ', '-1.1']) {
      await assert.rejects(all(server, cursor), CursorError, cursor);
    }
  });
});
