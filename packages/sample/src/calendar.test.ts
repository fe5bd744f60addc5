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
    assert.deepEqual(lunarDay('2025-02-27'), { month: 1, day: 30 });
    const kept = lunarBirthday('2025-02-27', 2030);
    assert.deepEqual(lunarDay(kept), { month: 1, day: 29 });
    assert.deepEqual(lunarDay(dateOf(dayNumber(kept) + 1)), { month: 2, day: 1 });
  });

  it('agree with tyme4ts on every eleventh day of a century', () => {
    for (let day = dayNumber('1936-01-01'); day < dayNumber('2036-01-01'); day += 11) {
      const date = dateOf(day);
      const [y, m, d] = date.split('-').map(Number) as [number, number, number];
      const lunar = SolarDay.fromYmd(y, m, d).getLunarDay();
      const wanted = { month: lunar.getLunarMonth().getMonth(), day: lunar.getDay() };
      assert.deepEqual(lunarDay(date), wanted, date);
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
  });

  it('by the solar calendar', () => {
    assert.deepEqual(festivalDates('10-01', '2026-01-01', '2026-12-31'), ['2026-10-01']);
  });
});
