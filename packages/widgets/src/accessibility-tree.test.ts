import { loadParts, SCENES, show } from './fixtures/scenes.testing.js';
import { expect } from '@open-wc/testing';
import type { Locale } from '@liyu/model';
import { accessibilityTree, rewritesTrees, storeTrees } from './fixtures/browser.testing.js';

/*
 * What assistive technology gets of every widget, as Chromium computes it, beside each widget in
 * `<name>.tree.txt`. To write the stored trees anew, and then to read what has changed:
 * REWRITE_TREES=1 npx web-test-runner --files packages/widgets/src/accessibility-tree.test.ts
 */

const TAGS = [...new Set(SCENES.map(({ tag }) => tag))];

function fileOf(tag: string): string {
  const name = tag.replace('liyu-', '');
  return `./${name}/${name}.tree.txt`;
}

/** The trees of a file by their headings. */
async function storedIn(file: string): Promise<Map<string, string>> {
  const answer = await fetch(new URL(file, import.meta.url));
  const text = answer.ok ? await answer.text() : '';
  const parts = text.split(/^== (.*) ==\n/m).slice(1);
  return new Map(
    parts.flatMap((part, at) => (at % 2 === 0 ? [[part, parts[at + 1]!.trimEnd()]] : [])),
  );
}

/** The lines that are gone and those that are new. */
function changes(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ].join('\n');
}

describe('Accessibility tree', () => {
  let rewrites = false;

  before(async () => {
    rewrites = await rewritesTrees();
    await loadParts();
  });

  for (const tag of TAGS) {
    const scenes = SCENES.filter((scene) => scene.tag === tag);
    const cases: readonly [string, (typeof scenes)[number], Locale][] = [
      ...scenes.map((scene) => [scene.name, scene, 'zh-CN'] as const),
      [`${scenes[0]!.name}, in English`, scenes[0]!, 'en'],
    ].map(([heading, scene, locale]) => [heading, scene, locale] as never);

    describe(`of <${tag}>`, () => {
      const met = new Map<string, string>();
      let stored: ReadonlyMap<string, string>;

      before(async () => {
        stored = await storedIn(fileOf(tag));
      });

      for (const [heading, scene, locale] of cases) {
        it(`is the stored one: ${heading}`, async () => {
          await show(scene, { locale });
          const tree = await accessibilityTree(tag);
          met.set(heading, tree);
          if (rewrites) return;
          const kept = stored.get(heading) ?? '';
          expect(changes(kept, tree)).to.equal('');
          expect(tree === kept, 'the lines stand in another order').to.equal(true);
        });
      }

      it('is stored for nothing else', async () => {
        const text = [...met].map(([heading, tree]) => `== ${heading} ==\n${tree}\n`).join('\n');
        if (rewrites) await storeTrees(fileOf(tag), text);
        else expect([...stored.keys()]).to.deep.equal(cases.map(([heading]) => heading));
      });
    });
  }
});
