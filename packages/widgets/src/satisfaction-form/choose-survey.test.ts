import { expect } from '@open-wc/testing';
import type { Survey } from '@liyu/model';
import { aSurvey } from '../fixtures/records.testing.js';
import { chooseSurvey } from './choose-survey.js';
import type { Choice } from './choose-survey.js';

const NOW = Date.parse('2026-11-22T04:00:00Z');
const choice: Choice = { id: null, begun: null, today: '2026-11-22', now: NOW };
const open = (id: string, on: string, expiresOn: string | null = null) =>
  aSurvey({ id, on, expiresOn });
const answered = (id: string, submittedAt: string, receivedAt: string | null = submittedAt) =>
  aSurvey({ id, state: 'submitted', expiresOn: null, submittedAt, receivedAt });

describe('Choice of a survey', () => {
  const cases: readonly [string, readonly Survey[], Partial<Choice>, string | null][] = [
    ['none of none', [], {}, null],
    ['the open one of the latest day', [open('a', '2026-11-01'), open('b', '2026-11-18')], {}, 'b'],
    [
      'no open one whose last day has passed',
      [open('a', '2026-11-01', '2026-11-22'), open('b', '2026-11-18', '2026-11-21')],
      {},
      'a',
    ],
    [
      'an open one before an answered one',
      [answered('a', '2026-11-22T03:00:00Z'), open('b', '2026-11-01')],
      {},
      'b',
    ],
    [
      'the one last answered within a day',
      [answered('a', '2026-11-21T05:00:00Z'), answered('b', '2026-11-22T03:00:00Z')],
      {},
      'b',
    ],
    ['none answered earlier', [answered('a', '2026-11-21T03:00:00Z')], {}, null],
    [
      'one that waits to be sent, however old',
      [answered('a', '2026-10-01T03:00:00Z', null)],
      {},
      'a',
    ],
    [
      'the one begun, though a newer one has come',
      [open('a', '2026-11-01'), open('b', '2026-11-18')],
      { begun: 'a' },
      'a',
    ],
    [
      'the one that the page asks for, also after its end',
      [open('a', '2026-11-01', '2026-11-02'), open('b', '2026-11-18')],
      { id: 'a' },
      'a',
    ],
    ['none when the one asked for isn’t there', [open('b', '2026-11-18')], { id: 'a' }, null],
  ];
  for (const [what, surveys, changes, id] of cases) {
    it(`takes ${what}`, () => {
      const found = chooseSurvey(surveys, { ...choice, ...changes });
      expect(found?.id ?? null).to.equal(id);
    });
  }
});
