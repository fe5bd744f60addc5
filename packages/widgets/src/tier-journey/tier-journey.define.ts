import { TierJourney } from './tier-journey.js';

declare global {
  interface HTMLElementTagNameMap {
    'liyu-tier-journey': TierJourney;
  }
}

if (customElements.get('liyu-tier-journey') === undefined) {
  customElements.define('liyu-tier-journey', TierJourney);
}
