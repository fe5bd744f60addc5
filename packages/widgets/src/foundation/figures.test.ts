import { expect } from '@open-wc/testing';
import { money, percentagePoints } from './figures.js';

describe('Figures', () => {
  it('show every fen of an amount', () => {
    const amounts = [0, 5, 100, 68_201_635, 10_000_000_000, -123_456];
    expect(amounts.map(money)).to.deep.equal([
      '¥0.00',
      '¥0.05',
      '¥1.00',
      '¥682,016.35',
      '¥100,000,000.00',
      '-¥1,234.56',
    ]);
  });

  it('show a hundredth of a percentage point', () => {
    expect([5, 30, 100].map(percentagePoints)).to.deep.equal(['0.05', '0.30', '1.00']);
  });
});
