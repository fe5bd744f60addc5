import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkMetrics } from '@liyu/engine';
import type { Assessment, CareEvent } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import { loadPolicy } from '@liyu/policy/node';
import { festivalDates } from './calendar.js';
import { sampleDocuments, sampleMetrics } from './sample-documents.js';

const policy = loadPolicy();
const documents = sampleDocuments(policy, '2026-11-22');
const of = (coll: string) => documents.filter((item) => item.coll === coll).map((item) => item.doc);

describe('the sample', () => {
  it('has one customer on each of the thirteen rungs', () => {
    const held = of('assessments').map((doc) => (doc as unknown as Assessment).rung);
    const rungs = policy.files['tier-ladder'].rungs.map((rung) => rung.code);
    assert.deepEqual([...held].sort(), [...rungs].sort());
  });

  it('fits the schema of every collection, in the scope of its customer', () => {
    for (const { coll, scope, doc } of documents) {
      const collection = collections[coll];
      assert.ok(collection?.schema.safeParse(doc).success, `${coll} ${doc.id}`);
      assert.equal(collection.scopeOf(doc), scope);
    }
  });

  it('has metrics that pass the data-quality rules', () => {
    for (const { customer, metrics } of sampleMetrics('2026-11-22')) {
      assert.deepEqual(checkMetrics(policy.files.metrics, metrics), [], customer);
    }
  });

  it('puts no AML count on a device', () => {
    assert.ok(!JSON.stringify(documents).includes('cash_txn_large_30d'));
  });

  it('plans only in the future and has done only what is past', () => {
    for (const doc of of('careEvents') as unknown as CareEvent[]) {
      assert.equal(doc.on >= '2026-11-22', doc.state === 'planned', doc.id);
    }
  });

  it('is the same bank on the same day', () => {
    assert.deepEqual(sampleDocuments(policy, '2026-11-22'), documents);
  });
});

describe('festivals fall on their days', () => {
  it('by the lunar calendar', () => {
    assert.deepEqual(festivalDates('lunar 8-15', '2025-01-01', '2026-12-31'), [
      '2025-10-06',
      '2026-09-25',
    ]);
    assert.deepEqual(festivalDates('lunar 1-1', '2026-01-01', '2027-12-31'), [
      '2026-02-17',
      '2027-02-06',
    ]);
    assert.deepEqual(festivalDates('lunar 5-5 - say 安康', '2026-01-01', '2026-12-31'), [
      '2026-06-19',
    ]);
  });

  it('by the solar calendar', () => {
    assert.deepEqual(festivalDates('10-01', '2026-01-01', '2026-12-31'), ['2026-10-01']);
  });
});
