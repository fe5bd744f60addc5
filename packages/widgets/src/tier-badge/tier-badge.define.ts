import { TierBadge } from './tier-badge.js';

declare global {
  interface HTMLElementTagNameMap {
    'liyu-tier-badge': TierBadge;
  }
}

if (customElements.get('liyu-tier-badge') === undefined) {
  customElements.define('liyu-tier-badge', TierBadge);
}
