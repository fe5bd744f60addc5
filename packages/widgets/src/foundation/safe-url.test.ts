import { expect } from '@open-wc/testing';
import { safeUrl, telUrl } from './safe-url.js';

describe('Links', () => {
  it('never run a script', () => {
    for (const url of [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
    ]) {
      expect(safeUrl(url), url).to.equal(undefined);
    }
    for (const url of ['https://bank.example/', '/terms', 'tel:95588', 'mailto:a@bank.example']) {
      expect(safeUrl(url), url).to.equal(url);
    }
  });

  it('call a number as people write it, and no masked one', () => {
    const numbers = ['0571-8888 0101', '(0571) 88880101', '+86 571 8888 0101', '95588'];
    expect(numbers.map(telUrl)).to.deep.equal([
      'tel:057188880101',
      'tel:057188880101',
      'tel:+8657188880101',
      'tel:95588',
    ]);
    for (const phone of ['138****5678', '', '12', 'javascript:1']) {
      expect(telUrl(phone), phone).to.equal(undefined);
    }
  });
});
