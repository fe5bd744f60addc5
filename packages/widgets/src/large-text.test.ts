import { SCENES, loadParts, show } from './fixtures/scenes.testing.js';
import { expect } from '@open-wc/testing';
import { emulate } from './fixtures/browser.testing.js';
import type { Emulated } from './fixtures/browser.testing.js';
import { doubleLetters, spaceText, unreadable } from './fixtures/reading.testing.js';

/*
 * Every widget in every scene, language and edition, as a reader may enlarge it: by the browser's zoom (WCAG
 * 2.1, 1.4.4 and 1.4.10), by letters alone, and with the spacing of 1.4.12. Nothing scrolls sideways, is cut
 * off or lies over something else.
 */

interface Enlarged extends Emulated {
  name: string;
  /** What is done to a widget; returns how to undo it. */
  change?: (element: HTMLElement) => () => void;
  /** Not in the large-letter edition, whose letters are large enough before it. */
  notElder?: true;
}

const ENLARGED: readonly Enlarged[] = [
  { name: 'on a phone of 390 px', width: 390 },
  { name: 'at 1280 px zoomed to 200%', width: 640, zoom: 2 },
  { name: 'at 1280 px zoomed to 400%', width: 320, zoom: 4 },
  { name: 'with the spacing of 1.4.12', width: 390, change: spaceText },
  { name: 'at 1280 px with letters of 200%', width: 1280, change: doubleLetters },
  { name: 'at 640 px with letters of 200%', width: 640, change: doubleLetters },
  { name: 'at 390 px with letters of 200%', width: 390, change: doubleLetters, notElder: true },
];
const EDITIONS = [
  { locale: 'zh-CN', elder: false },
  { locale: 'zh-CN', elder: true },
  { locale: 'en', elder: false },
  { locale: 'en', elder: true },
] as const;
const TAGS = [...new Set(SCENES.map(({ tag }) => tag))];

describe('Enlarged', () => {
  before(loadParts);
  after(() => emulate({}));

  for (const tag of TAGS) {
    for (const edition of EDITIONS) {
      const { locale, elder } = edition;

      it(`<${tag}> in ${locale}${elder ? ', elder' : ''} can be read`, async () => {
        const shown: [string, HTMLElement][] = [];
        for (const scene of SCENES.filter((one) => one.tag === tag)) {
          shown.push([scene.name, (await show(scene, edition)).element]);
        }
        const faults: string[] = [];
        for (const { name, change, notElder, ...emulated } of ENLARGED) {
          if (notElder && elder) continue;
          await emulate(emulated);
          const undo = shown.map(([, element]) => change?.(element));
          // At the top nothing moves by itself to keep its place.
          scrollTo(0, 0);
          await new Promise((resolve) => setTimeout(resolve));
          expect(innerWidth).to.equal(emulated.width);
          for (const [scene, element] of shown) {
            const found = unreadable(element);
            faults.push(...found.map((fault) => `${name}, ${scene}: ${fault}`));
          }
          const { scrollWidth } = document.documentElement;
          if (scrollWidth > innerWidth) faults.push(`${name}: the page scrolls sideways`);
          for (const back of undo) back?.();
        }
        expect(faults.join('\n')).to.equal('');
      });
    }
  }

  it('isn’t moved by the letters of the page, which widgets set themselves', async () => {
    const [scene] = SCENES;
    const { element } = await show(scene!);
    const before = element.getBoundingClientRect().height;
    document.documentElement.style.fontSize = '200%';
    element.style.fontSize = '200%';
    expect(element.getBoundingClientRect().height).to.equal(before);
    document.documentElement.style.fontSize = '';
  });
});
