// `npm run tokens`: makes the custom properties and the TypeScript of tokens.json. `--check` compares
// instead, and fails when a file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { checkContrast } from './check-contrast.mjs';
import { groupOf, parseTokens } from './parse-tokens.mjs';

const SOURCE = new URL('../src/foundation/', import.meta.url);
const MADE = '// Made of tokens/tokens.json by `npm run tokens`; not by hand.\n';
/** Custom properties by the roles of text in tokens.json. */
const TEXT = { note: 'note', small: 'small', body: 'text', title: 'title', head: 'headline' };
const SIZES = ['target', 'gap', 'pad', 'icon', 'icon-small'];

const values = parseTokens(
  JSON.parse(readFileSync(new URL('tokens.json', import.meta.url), 'utf8')),
);
const light = groupOf(values, 'theme.light.color');
const dark = groupOf(values, 'theme.dark.color');
const brands = brandsOf();

for (const [name, { lights, darks }] of [['theme', { lights: light, darks: dark }], ...brands]) {
  checkContrast(lights, `${name}, light`);
  checkContrast(darks, `${name}, dark`);
}
const files = [
  ['styles/tokens.styles.ts', styles()],
  ['tokens.ts', constants()],
];
let isStale = false;
for (const [name, text] of files) {
  const path = fileURLToPath(new URL(name, SOURCE));
  const config = await prettier.resolveConfig(path);
  const made = await prettier.format(MADE + text, { ...config, filepath: path });
  if (!process.argv.includes('--check')) writeFileSync(path, made);
  else if (readFileSync(path, 'utf8') !== made) {
    console.error(`${name} is stale: run npm run tokens`);
    isStale = true;
  }
}
process.exitCode = isStale ? 1 : 0;

/** A brand overrides some colours and the radius; all else is the theme's. */
function brandsOf() {
  const names = new Set(
    [...values.keys()].flatMap((path) => /^brand\.(\w+)\./.exec(path)?.[1] ?? []),
  );
  return [...names].map((name) => {
    const own = (scheme) => groupOf(values, `brand.${name}.${scheme}.color`);
    for (const role of Object.keys({ ...own('light'), ...own('dark') })) {
      if (!(role in light))
        throw new Error(`tokens.json: brand.${name} has the unknown role ${role}`);
    }
    return [
      name,
      {
        roles: Object.keys(light).filter((role) => role in own('light') || role in own('dark')),
        lights: { ...light, ...own('light') },
        darks: { ...dark, ...own('dark') },
        radius: values.get(`brand.${name}.radius.control`) ?? values.get('radius.control'),
      },
    ];
  });
}

function styles() {
  const fonts = (name) =>
    values
      .get(`font.family.${name}`)
      .map((font) => (/^-?[a-z-]+$/.test(font) ? font : `'${font}'`))
      .join(', ');
  const latin = `var(--liyu-font, ${fonts('en')})`;
  return `import { css } from 'lit';

/**
 * Roles of tokens/tokens.json. A bank sets \`--liyu-<role>\` on its page or on a tag; inside, every rule
 * reads the short name. Dark follows the \`color-scheme\` that the page declares; a browser without
 * light-dark() stays light.
 */
export const tokenStyles = css\`
  .root {
    ${Object.entries(light)
      .map(([role, hex]) => `--${role}: var(--liyu-${role}, ${hex});`)
      .join('\n')}
    --radius: var(--liyu-radius, ${values.get('radius.control')}px);
    --font: var(--liyu-font, ${fonts('zh')});
    --font-figures: var(--liyu-font-figures, var(--liyu-font, ${fonts('figures')}));
  }
  .root:lang(en) {
    --font: var(--liyu-font-latin, ${latin});
  }
  @supports (color: light-dark(#000, #fff)) {
    .root {
      ${Object.entries(light)
        .map(([role, hex]) => `--${role}: var(--liyu-${role}, light-dark(${hex}, ${dark[role]}));`)
        .join('\n')}
    }
  }

  .root {
    ${text('default')}
    ${sizes('')}
  }
  .root:lang(en) {
    ${lines('en')}
  }
  .root[data-compact] {
    ${text('compact')}
    ${sizes('-compact')}
  }
  .root[data-elder] {
    ${text('elder')}
    ${sizes('-elder')}
  }
\`;
`;
}

function text(density) {
  return Object.entries(TEXT)
    .map(([role, name]) => {
      const { size, line } = values.get(`type.${density}.${role}`);
      return `--${name === 'text' ? 'text-size' : name}: ${size}px;\n--${name}-line: ${line}px;`;
    })
    .join('\n');
}

function lines(density) {
  return Object.entries(groupOf(values, `type.${density}`))
    .map(([role, { line }]) => `--${TEXT[role]}-line: ${line}px;`)
    .join('\n');
}

function sizes(suffix) {
  return SIZES.flatMap((name) => {
    const size = values.get(`size.${name}${suffix}`);
    return size === undefined ? [] : [`--${name}: ${size}px;`];
  }).join('\n');
}

function constants() {
  const colours = Object.fromEntries(
    Object.entries(light).map(([role, hex]) => [role, { light: hex, dark: dark[role] }]),
  );
  const properties = Object.fromEntries(
    brands.map(([name, { roles, lights, darks, radius }]) => [
      name,
      Object.fromEntries([
        ...roles.map((role) => [`--liyu-${role}`, `light-dark(${lights[role]}, ${darks[role]})`]),
        ['--liyu-radius', `${radius}px`],
      ]),
    ]),
  );
  return `/** The colour roles; a bank sets \`--liyu-<role>\`. */
export const COLOURS = ${JSON.stringify(colours)} as const;
export type ColourRole = keyof typeof COLOURS;

/** Two invented banks, as custom properties that a portal sets. */
export const BRANDS = ${JSON.stringify(properties)} as const;
export type Brand = keyof typeof BRANDS;
`;
}
