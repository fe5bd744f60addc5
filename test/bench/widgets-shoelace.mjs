import '@shoelace-style/shoelace/dist/themes/light.css';
import '@shoelace-style/shoelace/dist/components/badge/badge.js';
import '@shoelace-style/shoelace/dist/components/card/card.js';
import { badges, cards, updated } from './widgets-framed.mjs';
import { styleThePage } from './widgets-styles.mjs';
import { offer } from './widgets.page.mjs';

styleThePage();
offer({
  badges: badges('sl-badge', updated),
  cards: cards('sl-card', { head: 'header', foot: 'footer' }, updated),
});
