import { expect } from '@open-wc/testing';
import { promisedReturn } from '@liyu/policy';
import { en } from './en.js';
import { Language, languageOf, parseLocale } from './language.js';
import { staffEn } from './staff-en.js';
import { withStaffWords } from './staff-language.js';
import { staffZhCN } from './staff-zh-cn.js';
import { zhCN } from './zh-cn.js';

const slotsOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

type Catalogue = Readonly<Record<string, string>>;

/** The catalogue of every page, and the part of pages of staff. */
const PARTS: [Catalogue, Catalogue][] = [
  [zhCN, en],
  [staffZhCN, staffEn],
];

describe('Catalogues', () => {
  it('fill the same slots in both languages', () => {
    for (const [chinese, english] of PARTS) {
      for (const [key, text] of Object.entries(chinese)) {
        // One of something may be said without its number.
        if (key.endsWith('.one')) continue;
        expect(slotsOf(english[key]!), key).to.deep.equal(slotsOf(text));
      }
    }
  });

  it('say each thing once: a part repeats no key of another', () => {
    const keys = PARTS.flatMap(([chinese]) => Object.keys(chinese));
    expect(keys).to.have.length(new Set(keys).size);
  });

  it('urge nobody: no exclamation marks, no 仅差, 错过 or 立即', () => {
    for (const text of PARTS.flat().flatMap((part) => Object.values(part))) {
      expect(text).not.to.match(/[!！]|仅差|错过|立即/);
    }
  });

  it('promise no return', () => {
    for (const text of PARTS.flat().flatMap((part) => Object.values(part))) {
      expect(promisedReturn(text), text).to.equal(null);
    }
  });
});

describe('Language', () => {
  const language = new Language('en', en);

  it('says one thing and several things differently', () => {
    const years = (n: number) => language.say(language.plural('card.years', n), { n });
    expect([years(1), years(8)]).to.deep.equal(['1 year', '8 years']);
  });

  it('says what staff read besides, in the same language', () => {
    const ofStaff = withStaffWords(language);
    expect([ofStaff.locale, ofStaff.say('staff.none'), ofStaff.say('call')]).to.deep.equal([
      'en',
      'None',
      'Call',
    ]);
    expect(withStaffWords(language)).to.equal(ofStaff);
  });

  it('leaves a place for a template between its words, and no empty word', () => {
    expect(language.compose('tier.validTo', { date: 7 })).to.deep.equal(['Valid to ', 7]);
  });

  it('is Chinese at once and English when its words are here', async () => {
    expect(languageOf('zh-CN')).to.be.instanceOf(Language);
    expect((await languageOf('en')).locale).to.equal('en');
    expect(languageOf('en')).to.be.instanceOf(Language);
  });

  it('is found by what a page may write', () => {
    const tags = ['zh', 'zh-Hans-CN', 'zh-CN', 'en', 'en-GB', 'fr', '', null];
    expect(tags.map(parseLocale)).to.deep.equal([
      'zh-CN',
      'zh-CN',
      'zh-CN',
      'en',
      'en',
      null,
      null,
      null,
    ]);
  });
});
