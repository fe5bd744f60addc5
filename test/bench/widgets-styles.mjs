/* global document */
// The rules of Liyu's two widgets: for contenders in light DOM as one stylesheet of the page.
import { CustomerCard } from '../../packages/widgets/src/customer-card/customer-card.js';
import { TierBadge } from '../../packages/widgets/src/tier-badge/tier-badge.js';

// Not `elementStyles`: until a tag is defined these are the ones that it inherits.
export const STYLES = {
  badge: [TierBadge.styles].flat(Infinity),
  card: [CustomerCard.styles].flat(Infinity),
};

/** Puts each rule into the page once; what speaks of a host finds none there. */
export function styleThePage() {
  const all = new Set([...STYLES.badge, ...STYLES.card]);
  const style = document.createElement('style');
  style.textContent = [...all].map(({ cssText }) => cssText).join('\n');
  document.head.append(style);
}
