import { SCENES, loadParts, show } from './fixtures/scenes.testing.js';
import { expect } from '@open-wc/testing';
import { emulate } from './fixtures/browser.testing.js';

// What takes no longer than this is a switch, not a motion: the end of waiting, a chart's new colours.
const AT_ONCE_MS = 1;

/** What moves or fades in `element`, in words. */
function moving(element: HTMLElement): string[] {
  return [...element.shadowRoot!.querySelectorAll('*')].flatMap((one) => {
    const styles = [null, '::before', '::after'].map((part) => getComputedStyle(one, part));
    return styles.flatMap(({ transitionDuration, animationDuration, scrollBehavior }) => {
      const times = [transitionDuration, animationDuration].flatMap((list) => list.split(', '));
      const isStill = times.every((time) => milliseconds(time) <= AT_ONCE_MS);
      if (isStill && scrollBehavior !== 'smooth') return [];
      return [`<${one.localName} class="${one.getAttribute('class')}"> ${times.join()}`];
    });
  });
}

function milliseconds(time: string): number {
  return time.endsWith('ms') ? parseFloat(time) : 1000 * parseFloat(time);
}

describe('Reduced motion', () => {
  before(loadParts);
  after(() => emulate({}));

  it('is what is asked for: without it a button takes its time', async () => {
    const { element } = await show(SCENES[0]!);
    expect(moving(element).join()).to.contain('button');
  });

  for (const scene of SCENES) {
    it(`<${scene.tag}> ${scene.name}: nothing moves`, async () => {
      await emulate({ reducedMotion: true });
      const { element } = await show(scene);
      expect(moving(element)).to.deep.equal([]);
    });
  }
});
