// Bare DOM: what all others are compared with.
import { badge, card } from './widgets-dom.mjs';
import { styleThePage } from './widgets-styles.mjs';
import { offer } from './widgets.page.mjs';

function byHand(make) {
  return {
    create: (host, records) =>
      records.map((record) => {
        const made = make(record);
        host.append(made.element);
        return made;
      }),
    update: (made, records) => made.forEach(({ show }, i) => show(records[i])),
  };
}

styleThePage();
offer({ badges: byHand(badge), cards: byHand(card) });
