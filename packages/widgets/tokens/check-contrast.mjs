// What a theme, or a bank's brand over it, has to keep: WCAG 2.2 by its formula.

/** Least contrast of a colour on another. */
const LEAST = [
  ['text', 'surface', 7],
  ['text-muted', 'surface', 4.5],
  ['text-muted', 'sunken', 4.5],
  ['accent', 'surface', 4.5],
  ['accent', 'accent-soft', 4.5],
  ['on-accent', 'accent', 4.5],
  ['emblem', 'surface', 3],
  ['line-strong', 'surface', 3],
  ...['notice', 'positive', 'negative'].flatMap((tone) => [
    [tone, 'surface', 4.5],
    [tone, `${tone}-soft`, 4.5],
  ]),
];

/** Throws an error that names the first pair of `colours` that can't be read; `of` says whose they are. */
export function checkContrast(colours, of) {
  for (const [front, back, least] of LEAST) {
    const found = contrast(colours[front], colours[back]);
    if (found < least) {
      throw new Error(
        `tokens.json: ${of}: ${front} on ${back} has ${found.toFixed(2)}, not ${least}`,
      );
    }
  }
}

function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
