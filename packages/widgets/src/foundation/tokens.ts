// Made of tokens/tokens.json by `npm run tokens`; not by hand.
/** The colour roles; a bank sets `--liyu-<role>`. */
export const COLOURS = {
  surface: { light: '#ffffff', dark: '#171b1d' },
  sunken: { light: '#f5f6f6', dark: '#1f2427' },
  line: { light: '#dde1e3', dark: '#323a3e' },
  'line-strong': { light: '#7b858b', dark: '#87939a' },
  text: { light: '#1c2225', dark: '#e7ebed' },
  'text-muted': { light: '#545f66', dark: '#a9b3b9' },
  accent: { light: '#245a5e', dark: '#8cc6c8' },
  'on-accent': { light: '#ffffff', dark: '#0d2426' },
  'accent-soft': { light: '#ebf2f2', dark: '#1e2e30' },
  emblem: { light: '#1c2225', dark: '#e7ebed' },
  notice: { light: '#74480a', dark: '#e3b972' },
  'notice-soft': { light: '#faf4e8', dark: '#2a2418' },
  positive: { light: '#2a6144', dark: '#90cba6' },
  'positive-soft': { light: '#eef5f0', dark: '#1a2720' },
  negative: { light: '#9b2c24', dark: '#f2a69c' },
  'negative-soft': { light: '#fbf0ee', dark: '#2e1e1c' },
} as const;
export type ColourRole = keyof typeof COLOURS;

/** Two invented banks, as custom properties that a portal sets. */
export const BRANDS = {
  jianghai: {
    '--liyu-surface': 'light-dark(#ffffff, #161b20)',
    '--liyu-sunken': 'light-dark(#f4f6f8, #1e252b)',
    '--liyu-line': 'light-dark(#dae1e6, #313b43)',
    '--liyu-text': 'light-dark(#18222b, #e7ebed)',
    '--liyu-text-muted': 'light-dark(#52606b, #a9b3b9)',
    '--liyu-accent': 'light-dark(#12466b, #8fc1e6)',
    '--liyu-on-accent': 'light-dark(#ffffff, #0b2233)',
    '--liyu-accent-soft': 'light-dark(#e9f0f5, #1b2b38)',
    '--liyu-emblem': 'light-dark(#12466b, #c9deee)',
    '--liyu-radius': '8px',
  },
  linchuan: {
    '--liyu-sunken': 'light-dark(#f5f5f5, #1f2427)',
    '--liyu-line': 'light-dark(#dddddd, #323a3e)',
    '--liyu-text': 'light-dark(#222222, #e7ebed)',
    '--liyu-text-muted': 'light-dark(#5a5a5a, #a9b3b9)',
    '--liyu-accent': 'light-dark(#a3202a, #f0a3a3)',
    '--liyu-on-accent': 'light-dark(#ffffff, #331012)',
    '--liyu-accent-soft': 'light-dark(#faefef, #33201f)',
    '--liyu-emblem': 'light-dark(#7c1a21, #f0c9c7)',
    '--liyu-radius': '4px',
  },
} as const;
export type Brand = keyof typeof BRANDS;
