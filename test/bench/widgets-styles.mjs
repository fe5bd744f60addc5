/* global document */
// The rules of Liyu's two widgets: for contenders in light DOM as one stylesheet of the page.
import { CustomerCard } from '../../packages/widgets/src/customer-card/customer-card.js';
import { TierBadge } from '../../packages/widgets/src/tier-badge/tier-badge.js';

export const STYLES = {
  badge: TierBadge.elementStyles,
  card: CustomerCard.elementStyles,
};

/** Puts each rule into the page once; what speaks of a host finds none there. */
export function styleThePage() {
  const all = new Set([...TierBadge.elementStyles, ...CustomerCard.elementStyles]);
  const style = document.createElement('style');
  style.textContent = [...all].map(({ cssText }) => cssText).join('\n');
  document.head.append(style);
}
