import { SCENES, loadParts, show } from './fixtures/scenes.testing.js';
import { expect, waitUntil } from '@open-wc/testing';
import { emulate } from './fixtures/browser.testing.js';
import { all, one } from './fixtures/mount.testing.js';

// A reader's own few colours (forced-colors: active) take all others away: what a widget says by a colour or
// a filled shape has to be there in theirs.

/** A colour of the reader as it is computed. */
function system(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = name;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
const OF_TEXT = ['CanvasText', 'LinkText', 'ButtonText', 'GrayText', 'FieldText'];
const scene = (tag: string, name: string) =>
  SCENES.find((one_) => one_.tag === tag && one_.name === name)!;

/** Shapes that say something, and what of them is drawn. */
const SHAPES: readonly [tag: string, name: string, selector: string, drawn: string][] = [
  ['liyu-customer-card', 'ready', '.person .button', 'border-top-color'],
  ['liyu-benefit-panel', 'ready', '.act .button', 'border-top-color'],
  ['liyu-benefit-panel', 'asked to confirm, offline', '.confirm', 'border-top-color'],
  ['liyu-care-timeline', 'ready', '[aria-pressed=true]', 'border-bottom-color'],
  ['liyu-satisfaction-form', 'asked', '.edge', 'border-top-color'],
  ['liyu-satisfaction-form', 'answered low, declining', 'textarea', 'border-top-color'],
  ['liyu-satisfaction-form', 'answered low, declining', ':checked ~ .edge', 'outline-color'],
  ['liyu-tier-journey', 'ready', '.fill', 'background-color'],
  ['liyu-tier-journey', 'ready', '.bar', 'border-top-color'],
  ['liyu-tier-journey', 'ready', '.line', 'background-color'],
  ['liyu-tier-journey', 'ready', '.range', 'background-color'],
  ['liyu-tier-journey', 'ready', '.mark', 'background-color'],
  ['liyu-tier-journey', 'ready', '.dot', 'border-top-color'],
  ['liyu-tier-journey', 'ready', '.step', 'border-top-color'],
  ['liyu-asset-mix', 'ready, masked', '.swatch', 'background-color'],
];

describe('Forced colours', () => {
  before(async () => {
    await loadParts();
    await emulate({ forcedColors: true });
  });
  after(() => emulate({}));

  for (const one_ of SCENES) {
    it(`<${one_.tag}> ${one_.name}: no text and no sign keeps a colour of its own`, async () => {
      const { element } = await show(one_);
      const colours = new Set(OF_TEXT.map(system));
      const own = all(element, '.root *').filter(
        (part) =>
          (part.matches('svg') || speaks(part)) &&
          part.checkVisibility() &&
          !colours.has(getComputedStyle(part).color),
      );
      expect(own.map((part) => part.outerHTML.slice(0, 60))).to.deep.equal([]);
    });
  }

  for (const [tag, name, selector, drawn] of SHAPES) {
    it(`draw ${selector} of <${tag}>`, async () => {
      const { element } = await show(scene(tag, name));
      const shapes = all(element, selector);
      expect(shapes).not.to.have.length(0);
      for (const shape of shapes) {
        const colour = getComputedStyle(shape).getPropertyValue(drawn);
        expect([system('Canvas'), 'rgba(0, 0, 0, 0)']).not.to.include(colour);
      }
    });
  }

  it('tell what is chosen by more than its fill', async () => {
    const { element } = await show(scene('liyu-satisfaction-form', 'answered low, declining'));
    const [chosen, other] = [':checked ~ .edge', 'input:not(:checked) ~ .edge'].map((selector) =>
      getComputedStyle(one(element, selector)),
    );
    expect(chosen!.outlineStyle).to.equal('solid');
    expect(other!.outlineStyle).to.equal('none');

    const care = (await show(scene('liyu-care-timeline', 'ready'))).element;
    const [pressed, free] = ['true', 'false'].map((is) =>
      getComputedStyle(one(care, `[aria-pressed=${is}]`)),
    );
    expect(pressed!.borderBottomColor).to.equal(system('Highlight'));
    expect(free!.borderBottomColor).not.to.equal(system('Highlight'));
  });

  it('reach the charts of <liyu-asset-mix>, at once and in two that differ', async () => {
    await emulate({});
    const { element } = await show(scene('liyu-asset-mix', 'ready, masked'));
    const ring = one<HTMLCanvasElement>(element, 'canvas.ring');
    await waitUntil(() => coloursIn(ring).size > 0, 'no ring was drawn');
    expect(coloursIn(ring)).not.to.include(system('CanvasText'));
    await emulate({ forcedColors: true });
    await waitUntil(() => coloursIn(ring).has(system('CanvasText')), 'the ring keeps its colours');
    expect(coloursIn(ring)).to.include(system('GrayText'));
    expect(coloursIn(one(element, 'canvas.line'))).to.include(system('CanvasText'));
    const [first, next] = all(element, '.swatch').map(
      (swatch) => getComputedStyle(swatch).backgroundColor,
    );
    expect([first, next]).to.deep.equal([system('CanvasText'), system('GrayText')]);
  });
});

function speaks(part: Element): boolean {
  return [...part.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
}

/** The colours that fill a good part of a canvas. */
function coloursIn(canvas: HTMLCanvasElement): Set<string> {
  const { width, height } = canvas;
  if (width === 0 || height === 0) return new Set();
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
  const counts = new Map<string, number>();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] !== 255) continue;
    const colour = `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 50).map(([colour]) => colour));
}
