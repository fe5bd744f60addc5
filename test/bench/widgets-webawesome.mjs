import '@awesome.me/webawesome/dist/styles/themes/default.css';
import '@awesome.me/webawesome/dist/components/badge/badge.js';
import '@awesome.me/webawesome/dist/components/card/card.js';
import { badges, cards, updated } from './widgets-framed.mjs';
import { styleThePage } from './widgets-styles.mjs';
import { offer } from './widgets.page.mjs';

styleThePage();
offer({
  badges: badges('wa-badge', updated),
  cards: cards('wa-card', { head: 'header', foot: 'footer' }, updated),
});
