import { expect } from '@open-wc/testing';
import { en } from './en.js';
import { Language, languageOf, parseLocale } from './language.js';
import type { WordKey } from './language.js';
import { zhCN } from './zh-cn.js';

const slotsOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe('Catalogues', () => {
  it('fill the same slots in both languages', () => {
    for (const key of Object.keys(zhCN) as WordKey[]) {
      // One of something may be said without its number.
      if (key.endsWith('.one')) continue;
      expect(slotsOf(en[key]), key).to.deep.equal(slotsOf(zhCN[key]));
    }
  });

  it('urge nobody: no exclamation marks, no 仅差, 错过 or 立即', () => {
    for (const text of [...Object.values(zhCN), ...Object.values(en)]) {
      expect(text).not.to.match(/[!！]|仅差|错过|立即/);
    }
  });
});

describe('Language', () => {
  const language = new Language('en', en);

  it('says one thing and several things differently', () => {
    const years = (n: number) => language.say(language.plural('card.years', n), { n });
    expect([years(1), years(8)]).to.deep.equal(['1 year', '8 years']);
  });

  it('leaves a place for a template between its words', () => {
    expect(language.compose('tier.validTo', { date: 7 })).to.deep.equal(['Valid to ', 7, '']);
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
