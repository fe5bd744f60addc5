import { html } from 'lit';
import type { Decorator, Preview } from '@storybook/web-components-vite';
import '@liyu/widgets/define';
import type { MakeSource } from '../stories/stage/story-source.js';
import '../stories/stage/story-stage.js';

/** What a story says of its surroundings, among its parameters. */
interface Surroundings {
  /** Makes the source that answers the widgets of the story; without it the page gives the data. */
  source?: MakeSource;
  /** Width of the stage in px, 0 for a page that reaches the edges; as wide as the window without it. */
  room?: number;
}

const onStage: Decorator = (story, { globals, parameters, viewMode }) => {
  const { source = null, room = null } = parameters as Surroundings;
  return html`<story-stage
    theme=${globals.theme as string}
    .make=${source}
    .room=${room}
    ?alone=${viewMode === 'story'}
    >${story()}</story-stage
  >`;
};

/** The toolbar and the stage: all that a story needs, also in a test, where there is no Storybook. */
const annotations: Preview = {
  decorators: [onStage],
  initialGlobals: { locale: 'zh-CN', theme: 'light', elder: 'off' },
  globalTypes: {
    locale: {
      description: 'Language',
      toolbar: {
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'zh-CN', title: '中文' },
          { value: 'en', title: 'English' },
        ],
      },
    },
    theme: {
      description: 'Color scheme of the page',
      toolbar: {
        icon: 'contrast',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
      },
    },
    elder: {
      description: 'Large-letter edition',
      toolbar: {
        icon: 'accessibility',
        dynamicTitle: true,
        items: [
          { value: 'off', title: 'Standard' },
          { value: 'on', title: 'Elder' },
        ],
      },
    },
  },
  parameters: {
    layout: 'fullscreen',
    viewport: {
      options: {
        phone: { name: 'Phone, 390', styles: { width: '390px', height: '844px' }, type: 'mobile' },
        desk: { name: 'Desk, 1280', styles: { width: '1280px', height: '900px' }, type: 'desktop' },
      },
    },
    a11y: { test: 'error' },
    docs: { source: { excludeDecorators: true }, toc: { headingSelector: 'h2, h3' } },
  },
};
export default annotations;
