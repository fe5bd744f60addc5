import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { checkContrast } from './check-contrast.mjs';
import { groupOf, parseTokens } from './parse-tokens.mjs';

const tokens = JSON.parse(readFileSync(new URL('tokens.json', import.meta.url), 'utf8'));
const changed = (path, token) => {
  const copy = JSON.parse(JSON.stringify(tokens));
  const names = path.split('.');
  const last = names.pop();
  const group = names.reduce((at, name) => at[name], copy);
  group[last] = { ...group[last], ...token };
  return copy;
};
const accent = 'theme.light.color.accent';

describe('design tokens', () => {
  it('are parsed by their types', () => {
    const values = parseTokens(tokens);
    assert.equal(values.get(accent), '#245a5e');
    assert.equal(values.get('radius.control'), 6);
    assert.deepEqual(values.get('type.default.body'), { size: 16, line: 26 });
  });

  const faults = [
    [accent, { $value: '#245a5e' }, /theme\.light\.color\.accent is no sRGB colour/],
    [
      accent,
      { $value: { colorSpace: 'srgb', components: [0, 0, 0], hex: '#245a5e' } },
      /components/,
    ],
    [accent, { $type: 'shadow' }, /unknown type shadow/],
    [accent, { $type: 'constructor' }, /unknown type constructor/],
    ['radius.control', { $value: { value: 6, unit: 'rem' } }, /radius\.control is no length in px/],
    ['type.default.body', { $value: { fontSize: { value: 16, unit: 'px' } } }, /no line height/],
    ['font.weight.strong', { $value: 'bold' }, /font\.weight\.strong is no weight/],
  ];
  for (const [path, token, message] of faults) {
    it(`are refused: ${path} ${JSON.stringify(token)}`, () => {
      assert.throws(() => parseTokens(changed(path, token)), message);
    });
  }

  it('are refused where a brand can\u2019t be read', () => {
    const colours = groupOf(parseTokens(tokens), 'theme.light.color');
    checkContrast(colours, 'theme');
    assert.throws(
      () => checkContrast({ ...colours, accent: '#8cc6c8' }, 'brand.pale, light'),
      /brand\.pale, light: accent on surface has 1\.\d\d, not 4\.5/,
    );
  });
});
