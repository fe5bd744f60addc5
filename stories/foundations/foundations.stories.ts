import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { toolbar } from '../stage/widget-docs.js';
import './colour-specimen.js';
import './sign-specimen.js';
import './space-specimen.js';
import './type-specimen.js';

const meta: Meta = {
  title: 'Foundations/Tokens and signs',
  parameters: { room: 1000 },
};
export default meta;

/**
 * Sixteen roles. A bank sets at most ten of them: accent, on-accent, accent-soft, emblem, text,
 * text-muted, line and sunken, with radius and font; the colours of states stay, so that their
 * contrast holds.
 */
export const Colour: StoryObj = { render: () => html`<colour-specimen></colour-specimen>` };

/** Two weights, 400 and 600, in three editions; system fonts only. */
export const Type: StoryObj = {
  render: (_args, context) =>
    html`<type-specimen locale=${toolbar(context).locale}></type-specimen>`,
};

/** Lengths in the three editions. Nothing floats: there is no shadow. */
export const Space: StoryObj = { render: () => html`<space-specimen></space-specimen>` };

/** A frame per class, the level as pieces of the line below it. The words always stand beside. */
export const Emblems: StoryObj = {
  parameters: { room: 640 },
  render: (_args, context) =>
    html`<sign-specimen kind="emblems" locale=${toolbar(context).locale}></sign-specimen>`,
};

/** 20 grid, 1.5 stroke, in the colour of the text. Always with a word. */
export const Icons: StoryObj = {
  render: () => html`<sign-specimen kind="icons"></sign-specimen>`,
};
