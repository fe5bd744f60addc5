// Reads design tokens of the DTCG format (2025.10). Each value is parsed by its type; what doesn't fit is
// named by its path.

const HEX = /^#[0-9a-f]{6}$/;

const PARSERS = {
  color: (value, fail) => {
    const { colorSpace, components, hex } = Object(value);
    if (colorSpace !== 'srgb' || !Array.isArray(components) || components.length !== 3) {
      fail('is no sRGB colour');
    }
    if (!HEX.test(hex)) fail('has no six-digit hex');
    const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
    if (parts.some((part, at) => Math.abs(part - components[at]) > 0.001)) {
      fail(`has components that aren't ${hex}`);
    }
    return hex;
  },
  dimension: (value, fail) => {
    const { value: size, unit } = Object(value);
    // A page sets rem as it likes: a widget keeps its size.
    if (typeof size !== 'number' || unit !== 'px') fail('is no length in px');
    return size;
  },
  duration: (value, fail) => {
    const { value: time, unit } = Object(value);
    if (typeof time !== 'number' || unit !== 'ms') fail('is no time in ms');
    return time;
  },
  fontFamily: (value, fail) => {
    if (!Array.isArray(value) || value.some((name) => typeof name !== 'string')) {
      fail('is no list of fonts');
    }
    return value;
  },
  fontWeight: (value, fail) => (Number.isInteger(value) ? value : fail('is no weight')),
  cubicBezier: (value, fail) =>
    Array.isArray(value) && value.length === 4 && value.every(Number.isFinite)
      ? value
      : fail('is no curve'),
  typography: (value, fail) => {
    const { fontSize, lineHeight } = Object(value);
    const size = PARSERS.dimension(fontSize, (what) => fail(`fontSize ${what}`));
    if (typeof lineHeight !== 'number') fail('has no line height');
    return { size, line: Math.round(size * lineHeight) };
  },
};

/** Values by path, `theme.light.color.accent`. Throws an error that names the path of a bad one. */
export function parseTokens(tokens) {
  const values = new Map();
  walk(tokens, '', undefined, values);
  return values;
}

function walk(group, path, inherited, values) {
  const type = group.$type ?? inherited;
  if ('$value' in group) {
    const fail = (what) => {
      throw new Error(`tokens.json: ${path} ${what}`);
    };
    const parse = Object.hasOwn(PARSERS, type ?? '') ? PARSERS[type] : null;
    if (parse === null) fail(type === undefined ? 'has no type' : `has the unknown type ${type}`);
    values.set(path, parse(group.$value, fail));
    return;
  }
  for (const [name, child] of Object.entries(group)) {
    if (name.startsWith('$')) continue;
    walk(child, path === '' ? name : `${path}.${name}`, type, values);
  }
}

/** Tokens of a group by their own name. */
export function groupOf(values, path) {
  const prefix = `${path}.`;
  return Object.fromEntries(
    [...values]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
