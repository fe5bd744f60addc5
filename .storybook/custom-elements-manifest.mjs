import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, ts } from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';

const SOURCES = fileURLToPath(new URL('../packages/widgets/src/', import.meta.url));
const ID = 'virtual:custom-elements-manifest';

/**
 * A Vite plugin: the manifest of the widgets as a module, made from their doc comments while Storybook
 * runs. No file is written; the command-line tool would also put a key into package.json.
 * @returns {import('vite').Plugin}
 */
export function customElementsManifest() {
  return {
    name: 'custom-elements-manifest',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null;
      const files = widgetFiles();
      for (const file of files) this.addWatchFile(SOURCES + file);
      return `export default ${JSON.stringify(manifestOf(files))};`;
    },
  };
}

function widgetFiles() {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !/\.(test|testing|styles|d)\.ts$/.test(file))
    .sort();
}

/** What a portal may use: members that are private, protected or of Lit are left out. */
function manifestOf(files) {
  const modules = files.map((file) =>
    ts.createSourceFile(file, readFileSync(SOURCES + file, 'utf8'), ts.ScriptTarget.ES2022, true),
  );
  const manifest = create({ modules, plugins: litPlugin() });
  const declarations = manifest.modules.flatMap((module) =>
    module.declarations.filter(({ tagName }) => tagName !== undefined),
  );
  if (declarations.length === 0) throw new Error(`no widget with a @tag under ${SOURCES}`);
  for (const declaration of declarations) {
    declaration.members = declaration.members?.filter(isPublicData);
  }
  return {
    schemaVersion: manifest.schemaVersion,
    modules: [{ kind: 'javascript-module', path: 'widgets', declarations }],
  };
}

/** A property without an attribute of its own; those with one are listed as attributes. */
function isPublicData(member) {
  return (
    member.kind === 'field' &&
    member.privacy === undefined &&
    member.static !== true &&
    !member.name.startsWith('#') &&
    (member.attribute === undefined || member.attribute === false)
  );
}
