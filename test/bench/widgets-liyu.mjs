/* global document */
// Liyu's own tags, given their data by property.
import '../../packages/widgets/src/customer-card/customer-card.define.js';
import '../../packages/widgets/src/tier-badge/tier-badge.define.js';
import { offer } from './widgets.page.mjs';

function elements(tag, show) {
  return {
    create: (host, records) =>
      records.map((record) => {
        const element = document.createElement(tag);
        show(element, record);
        host.append(element);
        return element;
      }),
    update: (made, records) => made.forEach((element, i) => show(element, records[i])),
    settle: async (made) => {
      for (const element of made) await element.updateComplete;
    },
  };
}

offer({
  badges: elements('liyu-tier-badge', (element, assessment) => {
    element.assessment = assessment;
  }),
  cards: elements('liyu-customer-card', (element, { customer, assessment }) => {
    element.customer = customer;
    element.assessment = assessment;
  }),
});
