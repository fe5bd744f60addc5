import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskName, maskPhone } from '@liyu/model';
import type { Assessment, CareEvent, Entitlement, Survey } from '@liyu/model';
import { loadPolicy } from '@liyu/policy/node';
import { NAMED } from './named-people.js';
import { personOf, settingOf } from './person.js';
import { sampleBank } from './sample-bank.js';

const policy = loadPolicy();
const today = '2026-11-22';
const setting = settingOf(policy, today, 1);
const people = [...sampleBank({ policy, today, size: NAMED.length }).people()];
const of = <T>(n: number, coll: string) =>
  people[n]!.documents.filter((item) => item.coll === coll).map((item) => item.doc as unknown as T);

// What the portal's tests and the pictures in the documentation show.
const SHOWN: readonly (readonly [
  id: string,
  name: string,
  phone: string,
  rung: string,
  since: string,
])[] = [
  ['c-9f31', '林*', '138****0112', 'NEW', '2026-09-01'],
  ['c-2b70', '赵*国', '139****2046', 'ORDINARY', '2021-11-01'],
  ['c-c815', '孙*敏', '136****7721', 'QUALITY-1', '2025-09-01'],
  ['c-04ad', '吴*', '137****3380', 'QUALITY-2', '2026-02-01'],
  ['c-77e2', '郑*文', '135****9014', 'QUALITY-3', '2025-03-01'],
  ['c-8f3a', '陈*怡', '138****5678', 'VIP-1', '2024-03-01'],
  ['c-51c9', '何*丽', '133****4402', 'VIP-2', '2025-05-01'],
  ['c-e640', '马*', '186****2217', 'VIP-3', '2023-06-01'],
  ['c-1d88', '高*峰', '189****6630', 'LARGE-1', '2026-04-01'],
  ['c-b2f7', '梁*', '188****1190', 'LARGE-2', '2024-09-01'],
  ['c-6a05', '宋*华', '139****8875', 'LARGE-3', '2022-09-01'],
  ['c-f94e', '欧阳*明', '137****0057', 'LARGE-4', '2024-02-01'],
  ['c-3c21', '唐*', '135****6006', 'LARGE-5', '2021-07-01'],
];

describe('the thirteen named people', () => {
  it('show the same masked names and numbers as ever', () => {
    assert.deepEqual(
      people.map(({ customer }) => [
        customer.customer,
        maskName(customer.name!),
        maskPhone(customer.phone!),
      ]),
      SHOWN.map(([id, name, phone]) => [id, name, phone]),
    );
  });

  it('stood last month where they stand now, one on each rung', () => {
    for (const [n, [id, , , rung, since]] of SHOWN.entries()) {
      const [before] = of<Assessment>(n, 'assessments');
      const stood = [
        before!.customer,
        before!.rung,
        before!.qualified,
        before!.since,
        before!.status,
      ];
      assert.deepEqual(stood, [id, rung, rung, since, 'KEEP']);
      assert.equal(personOf(setting, n).grade.rung, rung);
    }
  });

  it('have one survey each, which is open, but for one of them', () => {
    for (const [n, [id]] of SHOWN.entries()) {
      const surveys = of<Survey>(n, 'surveys');
      assert.deepEqual(
        surveys.map(({ id: survey, state }) => [survey, state]),
        id === 'c-6a05' ? [] : [[`${id}-s1`, 'invited']],
      );
    }
  });

  it('used as many benefits as ever', () => {
    for (const [n, { used }] of NAMED.entries()) {
      const [entitlement] = of<Entitlement>(n, 'entitlements');
      const counted = entitlement!.benefits.filter((item) => item.used > 0);
      assert.deepEqual(
        Object.fromEntries(counted.map((item) => [item.benefit, item.used])),
        Object.fromEntries(Object.entries(used)),
      );
    }
  });

  it('who are told of a deposit that matures have one', () => {
    const told = people.filter((_, n) =>
      of<CareEvent>(n, 'careEvents').some(({ rule }) => rule === 'C-MATURITY-0'),
    );
    assert.equal(told.length, 4);
    for (const { holdings } of told) {
      const [deposit] = holdings.filter(({ name }) => name.endsWith('（尾号2046）'));
      assert.deepEqual([deposit!.matures, deposit!.auto_renew], ['2026-12-03', false]);
    }
  });
});
