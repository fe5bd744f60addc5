/* global requestAnimationFrame */
import '@ui5/webcomponents/dist/Card.js';
import '@ui5/webcomponents/dist/Tag.js';
import { badges, cards } from './widgets-framed.mjs';
import { styleThePage } from './widgets-styles.mjs';
import { offer } from './widgets.page.mjs';

// UI5 renders what has changed in the next frame, and its own `renderFinished` waits 200 ms more.
const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));

styleThePage();
offer({
  badges: badges('ui5-tag', frame),
  cards: cards('ui5-card', { head: 'header' }, frame),
});
