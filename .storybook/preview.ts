import { setCustomElementsManifest } from '@storybook/web-components-vite';
import manifest from 'virtual:custom-elements-manifest';
import type { Preview } from '@storybook/web-components-vite';
import annotations from './annotations.js';
import { documentWidgets } from './document-widgets.js';

setCustomElementsManifest(manifest);

const preview: Preview = {
  ...annotations,
  argTypesEnhancers: [documentWidgets],
  parameters: {
    ...annotations.parameters,
    // Storybook reads the order from this file without running it.
    options: {
      storySort: {
        order: [
          'Guides',
          ['Embed', 'Data', 'Events', 'Security', 'Live examples'],
          'Pages',
          'Widgets',
          [
            'Customer card',
            'Tier badge',
            'Tier journey',
            'Benefit panel',
            'Care timeline',
            'Satisfaction form',
          ],
          'Foundations',
        ],
      },
    },
  },
};
export default preview;
