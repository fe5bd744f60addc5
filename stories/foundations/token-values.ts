import { COLOURS } from '../../packages/widgets/src/foundation/tokens.js';

export interface ColourRole {
  /** `accent`; a bank sets `--liyu-accent`. */
  name: string;
  /** `#245a5e`. */
  light: string;
  dark: string;
}

/** The colour roles as the widgets declare them; a new one appears here by itself. */
export const COLOUR_ROLES: readonly ColourRole[] = Object.entries(COLOURS).map(
  ([name, colours]) => ({ name, ...colours }),
);

/** The value of a role in a scheme. */
export function colourOf(name: string, scheme: 'light' | 'dark'): string {
  const role = COLOUR_ROLES.find((one) => one.name === name);
  if (role === undefined) throw new Error(`tokens.json has no role ${name}`);
  return role[scheme];
}

/** Contrast of two colours by the formula of WCAG 2.2, 1 to 21, rounded down to two digits. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return Math.floor((100 * (lighter + 0.05)) / (darker + 0.05)) / 100;
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
