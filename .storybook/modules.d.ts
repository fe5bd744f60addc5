/** The widgets' doc comments: custom-elements-manifest.mjs. */
declare module 'virtual:custom-elements-manifest' {
  interface State {
    name: string;
    description: string;
  }
  const manifest: {
    modules: [{ declarations: { tagName: string; cssStates?: State[] }[] }];
  };
  export default manifest;
}

/** How Storybook renders a story of web components; it comes without types. */
declare module '@storybook/web-components/entry-preview' {
  import type { ProjectAnnotations } from 'storybook/internal/types';
  import type { WebComponentsRenderer } from '@storybook/web-components-vite';
  const annotations: ProjectAnnotations<WebComponentsRenderer>;
  export = annotations;
}
