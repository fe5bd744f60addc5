import { expect } from '@open-wc/testing';
import axe from 'axe-core';
import type { Store_CSFExports } from 'storybook/internal/types';
import { composeStories, composeStory, setProjectAnnotations } from 'storybook/preview-api';
import * as renderer from '@storybook/web-components/entry-preview';
import { loadStaffSide } from '../packages/widgets/src/customer-card/load-staff-side.js';
import { loadJourneySide } from '../packages/widgets/src/tier-journey/load-journey-side.js';
import annotations from '../.storybook/annotations.js';

// Every story as Storybook renders it, without Storybook: it shows something, logs no error and is
// accessible. A new file of stories is found by its name.

const files = import.meta.glob<Store_CSFExports>('./**/*.stories.ts', { eager: true });
const project = setProjectAnnotations([renderer, annotations]);

/** What a composed story can do. */
interface Composed {
  run(context: { canvasElement: HTMLElement }): Promise<void>;
}
/** The stories of a file by name, with the toolbar's defaults and the stage. */
function composed(exported: Store_CSFExports): [string, Composed][] {
  const compose = composeStory as Parameters<typeof composeStories>[2];
  const stories = composeStories(exported, project, compose);
  return Object.entries(stories) as unknown as [string, Composed][];
}

describe('Stories', () => {
  let canvas: HTMLElement;
  let errors: unknown[][];
  const { error } = console;

  // The parts of widgets that are loaded lazily: no story is looked at without them.
  before(() => Promise.all([loadStaffSide(), loadJourneySide()]));

  beforeEach(() => {
    errors = [];
    console.error = (...words: unknown[]) => errors.push(words);
    canvas = document.createElement('div');
    document.body.append(canvas);
  });
  afterEach(() => {
    console.error = error;
    canvas.remove();
  });

  for (const [file, exported] of Object.entries(files)) {
    for (const [name, story] of composed(exported)) {
      it(`${file.replace('.stories.ts', '')} › ${name} shows something accessible`, async () => {
        await story.run({ canvasElement: canvas });
        await settled(canvas);
        const shown = canvas.querySelector('story-stage')!.firstElementChild!;
        expect(shown.getBoundingClientRect().height).to.be.above(10);
        expect(textIn(canvas)).to.match(/\S/);
        expect((await violations(canvas)).join('\n')).to.equal('');
        expect(errors.join('\n')).to.equal('');
      });
    }
  }
});

/** Waits until every element with a shadow root has rendered, also in what the first ones bring. */
async function settled(element: Element): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve));
    const waits = everyElement(element).map(
      (one) => (one as { updateComplete?: unknown }).updateComplete,
    );
    await Promise.all(waits);
  }
}

function everyElement(root: Element | ShadowRoot): Element[] {
  return [...root.querySelectorAll('*')].flatMap((element) =>
    element.shadowRoot === null ? [element] : [element, ...everyElement(element.shadowRoot)],
  );
}

function textIn(canvas: Element): string {
  return everyElement(canvas)
    .filter((element) => element.localName !== 'style')
    .flatMap((element) => [...element.childNodes])
    .map((node) => (node.nodeType === Node.TEXT_NODE ? node.nodeValue : ''))
    .join('');
}

async function violations(canvas: Element): Promise<string[]> {
  // A story is a part of a page: the page's landmarks and its first heading are the host's.
  const rules = { region: { enabled: false }, 'page-has-heading-one': { enabled: false } };
  const found = await axe.run(canvas, { rules, resultTypes: ['violations'] });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
}
