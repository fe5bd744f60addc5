import { expect } from '@open-wc/testing';
import type { Locale, LunarDay } from '@liyu/model';
import { languageOf } from '../messages/language.js';
import { lunarDate } from './lunar-date.js';

const say = async (lunar: unknown, locale: Locale = 'zh-CN') =>
  lunarDate(lunar as LunarDay, await languageOf(locale));
const date = (month: number, day: number, leap = false) => ({ month, day, leap });

describe('a lunar date', () => {
  const cases: [LunarDay, chinese: string, english: string][] = [
    [date(1, 1), '农历正月初一', '1st of the 1st lunar month'],
    [date(1, 15), '农历正月十五', '15th of the 1st lunar month'],
    [date(5, 5), '农历五月初五', '5th of the 5th lunar month'],
    [date(8, 15), '农历八月十五', '15th of the 8th lunar month'],
    [date(9, 9), '农历九月初九', '9th of the 9th lunar month'],
    [date(12, 30), '农历腊月三十', '30th of the 12th lunar month'],
    [date(11, 20), '农历十一月二十', '20th of the 11th lunar month'],
    [date(10, 10), '农历十月初十', '10th of the 10th lunar month'],
    [date(2, 21), '农历二月廿一', '21st of the 2nd lunar month'],
    [date(3, 29), '农历三月廿九', '29th of the 3rd lunar month'],
    [date(4, 12), '农历四月十二', '12th of the 4th lunar month'],
    [date(6, 1, true), '农历闰六月初一', '1st of the leap 6th lunar month'],
  ];
  for (const [lunar, chinese, english] of cases) {
    it(`is said as the calendar says it: ${chinese}`, async () => {
      expect(await say(lunar)).to.equal(chinese);
      expect(await say(lunar, 'en')).to.equal(english);
    });
  }

  it('is none where the lunar calendar has no such day', async () => {
    for (const wrong of [
      null,
      undefined,
      '八月十五',
      date(0, 1),
      date(13, 1),
      date(1, 31),
      date(8, 0),
      date(8.5, 15),
      { month: 8, day: 15 },
      { month: '8', day: '15', leap: false },
    ]) {
      expect(await say(wrong), JSON.stringify(wrong)).to.equal(null);
    }
  });
});
