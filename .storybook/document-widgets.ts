import type { ArgTypesEnhancer, StrictArgTypes } from 'storybook/internal/types';
import manifest from 'virtual:custom-elements-manifest';
import type { WebComponentsRenderer } from '@storybook/web-components-vite';

/**
 * Adds the states of a widget to its table, which Storybook leaves out, and takes the controls of what
 * the story doesn't pass on: data comes from the story's source, language and letters from the toolbar.
 */
export const documentWidgets: ArgTypesEnhancer<WebComponentsRenderer> = ({
  component,
  argTypes,
  initialArgs,
}) => {
  const rows = Object.entries(argTypes).map(([name, row]) => [
    name,
    name in initialArgs ? row : { ...row, control: { disable: true } },
  ]);
  return { ...(Object.fromEntries(rows) as StrictArgTypes), ...statesOf(component) };
};

function statesOf(tag: unknown): StrictArgTypes {
  const widget = manifest.modules[0].declarations.find(({ tagName }) => tagName === tag);
  const states = widget?.cssStates ?? [];
  return Object.fromEntries(
    states.map(({ name, description }) => [
      `:state(${name})`,
      {
        name: `:state(${name})`,
        description,
        control: { disable: true },
        table: { category: 'states' },
      },
    ]),
  );
}
