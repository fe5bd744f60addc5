import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameOf, phoneOf } from './names.js';
import { Random } from './random.js';

const names = Array.from({ length: 4_000 }, (_, n) =>
  nameOf(new Random(1, n, 'names'), n % 2 === 0 ? 'female' : 'male', 1950 + (n % 55)),
);

describe('names', () => {
  it('are mostly Han names of two or three characters, with the common surnames in front', () => {
    const han = names.filter(({ name }) => /^[\u4e00-\u9fff]{2,3}$/.test(name));
    assert.ok(han.length > 3_850);
    const share = (surname: string) => han.filter(({ name }) => name.startsWith(surname)).length;
    assert.ok(share('王') > share('周') && share('周') > share('常'));
  });

  it('have compound surnames, names of minorities and Latin ones among them', () => {
    assert.ok(names.some(({ name }) => name.startsWith('欧阳')));
    assert.ok(names.some(({ name }) => name.includes('·')));
    const latin = names.filter((name) => name.latin);
    assert.ok(latin.length > 10 && latin.length < 60, String(latin.length));
    assert.ok(latin.every(({ name }) => /^[A-Za-z’ ]+$/.test(name)));
  });

  it('go with the year of birth', () => {
    const of = (year: number) =>
      new Set(
        Array.from({ length: 300 }, (_, n) =>
          nameOf(new Random(2, n, 'x'), 'female', year).name.slice(1),
        ),
      );
    const [old, young] = [of(1950), of(2001)];
    assert.ok([...old].filter((given) => young.has(given)).length < 5);
  });

  it('do not say one character twice', () => {
    assert.ok(names.every(({ name }) => name.length < 3 || name.at(-1) !== name.at(-2)));
  });
});

describe('mobile numbers', () => {
  it('begin with 160, which nobody is given, and are each customer’s own', () => {
    const numbers = Array.from({ length: 100_000 }, (_, n) => phoneOf(n));
    assert.ok(numbers.every((number) => /^160\d{8}$/.test(number)));
    assert.equal(new Set(numbers).size, 100_000);
  });
});
