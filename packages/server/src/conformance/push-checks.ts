import type { Doc } from '@liyu/model';
import type { Check } from './check.js';
import { withdraw } from './pull-checks.js';
import { Trial, WRITTEN, expectEqual, expectThat } from './trial.js';

/** Gives a fresh call-back to a check, and withdraws it afterwards. */
function withCallBack(run: (trial: Trial, doc: Doc) => Promise<void>): Check['run'] {
  return async (trial) => {
    const doc = trial.callBack();
    try {
      await run(trial, doc);
    } finally {
      await withdraw(trial, [doc]);
    }
  };
}

const NOTHING = { conflicts: [], rejects: [] };

export const pushChecks: readonly Check[] = [
  {
    id: 'push-create',
    rule: 'a record that is taken is in the next pull, with what the server adds, and no conflict is told',
    run: withCallBack(async (trial, doc) => {
      const { checkpoint } = await trial.pullAll(WRITTEN);
      expectEqual(await trial.push([{ newDocumentState: doc }]), NOTHING, 'verdicts');
      const { documents } = await trial.pullAll(WRITTEN, checkpoint);
      expectEqual(
        documents.map(({ id }) => id),
        [doc.id],
        'records since the push:',
      );
      const [held] = documents;
      expectThat(typeof held!.rev === 'number' && held!.rev > 0, 'a rev above 0');
      expectThat(held!.receivedAt !== null && held!.receipt !== null, 'receivedAt and receipt');
      expectEqual(held!.text, doc.text, 'text');
    }),
  },
  {
    id: 'push-again',
    rule: 'a push whose answer was lost is right when it comes again, and writes nothing',
    run: withCallBack(async (trial, doc) => {
      const row = { newDocumentState: doc };
      await trial.push([row]);
      const { checkpoint } = await trial.pullAll(WRITTEN);
      expectEqual(await trial.push([row]), NOTHING, 'verdicts of the same push');
      const later = await trial.pullAll(WRITTEN, checkpoint);
      expectEqual(later.documents, [], 'records since:');
    }),
  },
  {
    id: 'push-equal-first',
    rule: 'what equals the record that is held is right, whatever it was based on',
    run: withCallBack(async (trial, doc) => {
      await trial.push([{ newDocumentState: doc }]);
      const held = await trial.held(doc.id);
      const row = {
        newDocumentState: held,
        assumedMasterState: { ...held, rev: 0, text: 'another' },
      };
      expectEqual(await trial.push([row]), NOTHING, 'verdicts');
    }),
  },
  {
    id: 'push-conflict',
    rule: 'an edit of a record that somebody else wrote since gets what is held, and changes nothing',
    run: withCallBack(async (trial, doc) => {
      await trial.push([{ newDocumentState: doc }]);
      const base = await trial.held(doc.id);
      const edit = (text: string) => ({
        newDocumentState: { ...base, steps: [step(text)] },
        assumedMasterState: base,
      });
      expectEqual(await trial.push([edit('first')]), NOTHING, 'verdicts of the first edit');
      const held = await trial.held(doc.id);
      const second = await trial.push([edit('second')]);
      expectEqual(second, { conflicts: [held], rejects: [] }, 'verdicts of the second');
      expectEqual(await trial.held(doc.id), held, 'the record');
    }),
  },
  {
    id: 'push-rows',
    rule: 'a bad row among good ones costs nothing but itself: 200, and a reject with its id and a code',
    run: async (trial) => {
      const [first, bad, last] = [trial.callBack(), trial.callBack(), trial.callBack()] as const;
      const rows = [first, { ...bad, kind: 'nothing' }, last].map((doc) => {
        return { newDocumentState: doc };
      });
      try {
        const { rejects, conflicts } = await trial.push(rows);
        expectEqual(
          rejects.map(({ id }) => id),
          [bad.id],
          'rejects',
        );
        expectEqual(conflicts, [{ id: bad.id, _deleted: true }], 'conflicts');
        await trial.held(first.id);
        await trial.held(last.id);
      } finally {
        await withdraw(trial, [first, last]);
      }
    },
  },
  {
    id: 'push-server-fields',
    rule: 'fields that the server owns are never taken from a push, in a new record or an old one',
    run: withCallBack(async (trial, doc) => {
      const forged = { rev: 99, receipt: 'FORGED', handler: 'Forged', dueOn: '2999-12-31' };
      const verdicts = await trial.push([{ newDocumentState: { ...doc, ...forged } }]);
      expectEqual(verdicts, NOTHING, 'verdicts');
      const held = await trial.held(doc.id);
      const edit = { ...held, ...forged, steps: [step('more')] };
      await trial.push([{ newDocumentState: edit, assumedMasterState: held }]);
      const after = await trial.held(doc.id);
      for (const record of [held, after]) {
        for (const [name, value] of Object.entries(forged)) {
          expectThat(record[name] !== value, `${name} of the server's own`);
        }
      }
      expectThat(Number(after.rev) > Number(held.rev), 'a rev that grew');
    }),
  },
  {
    id: 'push-foreign',
    rule: "a record of another customer's is refused in one's own scope, and a deletion too",
    run: withCallBack(async (trial, doc) => {
      const foreign = { ...trial.callBack(), customer: trial.other.customer };
      const { rejects } = await trial.push([{ newDocumentState: foreign }]);
      expectEqual(rejects, [{ id: foreign.id, code: 'forbidden' }], 'rejects');
      await trial.push([{ newDocumentState: doc }]);
      const held = await trial.held(doc.id);
      const gone = await trial.push([
        { newDocumentState: { ...held, _deleted: true }, assumedMasterState: held },
      ]);
      expectEqual(
        gone,
        { conflicts: [held], rejects: [{ id: doc.id, code: 'forbidden' }] },
        'verdicts',
      );
      expectEqual(await trial.held(doc.id), held, 'the record');
    }),
  },
  {
    id: 'push-hidden',
    rule: "a conflict's answer tells another customer nothing of a record with the same id",
    run: withCallBack(async (trial, doc) => {
      await trial.push([{ newDocumentState: doc }]);
      const theirs = { ...doc, customer: trial.other.customer };
      const change = { scope: trial.other.scope };
      const answer = await trial.pushRaw([{ newDocumentState: theirs }], change, trial.other);
      expectThat(!answer.text.includes(trial.own.customer), 'nothing of the first customer');
      const held = await trial.held(doc.id);
      expectEqual(held.customer, trial.own.customer, 'customer');
      await withdraw(new Trial(trial.probe, trial.other, trial.own), [doc]);
    }),
  },
];

function step(text: string) {
  return { at: new Date().toISOString(), by: 'customer', name: null, state: null, text };
}
