import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SolarDay } from 'tyme4ts';
import {
  addMonths,
  festivalDates,
  lunarBirthday,
  monthsBetween,
  solarBirthday,
} from './calendar.js';
import { dateOf, dayNumber } from './days.js';
import { lunarDay } from './lunar-year.js';

describe('dates', () => {
  it('keep to the last day of a shorter month', () => {
    assert.equal(addMonths('2026-08-31', 6), '2027-02-28');
    assert.equal(addMonths('2028-02-29', -12), '2027-02-28');
    assert.equal(addMonths('2026-03-15', -15), '2024-12-15');
  });

  it('count whole months', () => {
    for (const [from, to, months] of [
      ['2026-01-31', '2026-02-28', 1],
      ['2026-01-15', '2026-02-14', 0],
      ['2025-11-30', '2026-10-31', 11],
    ] as const) {
      assert.equal(monthsBetween(from, to), months, `${from} ${to}`);
    }
  });
});

describe('birthdays', () => {
  it('of 29 February are kept on the 28th in a common year', () => {
    assert.equal(solarBirthday('1988-02-29', 2027), '2027-02-28');
    assert.equal(solarBirthday('1988-02-29', 2028), '2028-02-29');
  });

  it('by the lunar calendar fall on the lunar day, in a leap month on that of the plain one', () => {
    // 1960-04-27 is the second of the fourth month; 2020-05-30 the eighth of a leap fourth month.
    assert.equal(lunarBirthday('1960-04-27', 2026), '2026-05-18');
    assert.equal(lunarBirthday('2020-05-30', 2026), lunarBirthday('2020-04-30', 2026));
  });

  it('on day 30 of a lunar month are kept on day 29 where there is none', () => {
    // 2025-02-27 is the thirtieth of the first month of 2025, which has 29 days in 2030.
    assert.deepEqual(lunarDay('2025-02-27'), { month: 1, day: 30, leap: false });
    const kept = lunarBirthday('2025-02-27', 2030);
    assert.deepEqual(lunarDay(kept), { month: 1, day: 29, leap: false });
    assert.deepEqual(lunarDay(dateOf(dayNumber(kept) + 1)), { month: 2, day: 1, leap: false });
  });

  it('agree with tyme4ts on every eleventh day of a century', () => {
    for (let day = dayNumber('1936-01-01'); day < dayNumber('2036-01-01'); day += 11) {
      const date = dateOf(day);
      const [y, m, d] = date.split('-').map(Number) as [number, number, number];
      const lunar = SolarDay.fromYmd(y, m, d).getLunarDay();
      const month = lunar.getLunarMonth();
      const wanted = { month: month.getMonth(), day: lunar.getDay(), leap: month.isLeap() };
      assert.deepEqual(lunarDay(date), wanted, date);
    }
  });
});

/** Festivals as the calendars of those years have them, by month and day of the lunar year. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  '1-1': [
    '2024-02-10',
    '2025-01-29',
    '2026-02-17',
    '2027-02-06',
    '2028-01-26',
    '2029-02-13',
    '2030-02-03',
  ],
  '1-15': ['2024-02-24', '2025-02-12', '2026-03-03', '2027-02-20', '2028-02-09', '2029-02-27'],
  '5-5': ['2024-06-10', '2025-05-31', '2026-06-19', '2027-06-09', '2028-05-28', '2029-06-16'],
  '8-15': ['2024-09-17', '2025-10-06', '2026-09-25', '2027-09-15', '2028-10-03', '2029-09-22'],
  '9-9': ['2024-10-11', '2025-10-29', '2026-10-18', '2027-10-08', '2028-10-26', '2029-10-16'],
};

describe('the lunar date of a day', () => {
  it('is that of the festivals from 2024 to 2030', () => {
    for (const [festival, dates] of Object.entries(KEPT)) {
      const [month, day] = festival.split('-').map(Number);
      for (const date of dates) assert.deepEqual(lunarDay(date), { month, day, leap: false }, date);
    }
  });

  it("is the last of the year on New Year's Eve", () => {
    for (const newYear of KEPT['1-1']!) {
      const eve = lunarDay(dateOf(dayNumber(newYear) - 1));
      assert.equal(eve.month, 12, newYear);
      assert.equal(eve.leap, false, newYear);
      assert.ok(eve.day >= 29, newYear);
    }
  });

  it('says so of a leap month, from its first day to its last', () => {
    for (const [first, last, month] of [
      ['2023-03-22', '2023-04-19', 2],
      ['2025-07-25', '2025-08-22', 6],
      ['2028-06-23', '2028-07-21', 5],
    ] as const) {
      const around = [-1, 0].map((days) => lunarDay(dateOf(dayNumber(first) + days)));
      assert.deepEqual(
        around.map((lunar) => [lunar.month, lunar.leap]),
        [
          [month, false],
          [month, true],
        ],
        first,
      );
      assert.deepEqual(lunarDay(last), { month, day: 29, leap: true }, last);
      const next = lunarDay(dateOf(dayNumber(last) + 1));
      assert.deepEqual(next, { month: month + 1, day: 1, leap: false }, last);
    }
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
    // The last day of the year is its 29th or its 30th.
    assert.deepEqual(festivalDates('lunar 12-30', '2025-01-01', '2027-12-31'), [
      '2025-01-28',
      '2026-02-16',
      '2027-02-05',
    ]);
  });

  it('by the solar calendar', () => {
    assert.deepEqual(festivalDates('10-01', '2026-01-01', '2026-12-31'), ['2026-10-01']);
  });
});
