import { SatisfactionForm } from './satisfaction-form.js';

declare global {
  interface HTMLElementTagNameMap {
    'liyu-satisfaction-form': SatisfactionForm;
  }
}

if (customElements.get('liyu-satisfaction-form') === undefined) {
  customElements.define('liyu-satisfaction-form', SatisfactionForm);
}
