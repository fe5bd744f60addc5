import { BenefitPanel } from './benefit-panel.js';

declare global {
  interface HTMLElementTagNameMap {
    'liyu-benefit-panel': BenefitPanel;
  }
}

if (customElements.get('liyu-benefit-panel') === undefined) {
  customElements.define('liyu-benefit-panel', BenefitPanel);
}
