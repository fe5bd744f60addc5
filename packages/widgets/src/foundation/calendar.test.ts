import { expect } from '@open-wc/testing';
import {
  dayOfYear,
  daysBetween,
  fullDate,
  monthOf,
  monthsBetween,
  weekday,
  yearOf,
} from './calendar.js';

describe('Dates', () => {
  it('are written as each language writes them', () => {
    const forms = [fullDate, dayOfYear, monthOf, yearOf, weekday];
    expect(forms.map((form) => form('2027-02-28', 'zh-CN'))).to.deep.equal([
      '2027年2月28日',
      '2月28日',
      '2027年2月',
      '2027年',
      '周日',
    ]);
    expect(forms.map((form) => form('2027-02-28', 'en'))).to.deep.equal([
      '28 February 2027',
      '28 Feb',
      'Feb 2027',
      '2027',
      'Sun',
    ]);
  });

  it('lie as many days and whole months apart as the calendar says', () => {
    expect(daysBetween('2026-02-27', '2026-03-01')).to.equal(2);
    expect(daysBetween('2026-03-01', '2026-02-27')).to.equal(-2);
    expect(monthsBetween('2018-06-12', '2026-06-11')).to.equal(95);
    expect(monthsBetween('2018-06-12', '2026-06-12')).to.equal(96);
    expect(monthsBetween('2026-06-12', '2018-06-12')).to.equal(0);
  });
});
