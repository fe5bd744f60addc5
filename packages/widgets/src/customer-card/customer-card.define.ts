import { CustomerCard } from './customer-card.js';

declare global {
  interface HTMLElementTagNameMap {
    'liyu-customer-card': CustomerCard;
  }
}

if (customElements.get('liyu-customer-card') === undefined) {
  customElements.define('liyu-customer-card', CustomerCard);
}
