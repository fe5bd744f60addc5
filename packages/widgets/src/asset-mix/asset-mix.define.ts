import { AssetMix } from './asset-mix.js';

declare global {
  interface HTMLElementTagNameMap {
    'liyu-asset-mix': AssetMix;
  }
}

if (customElements.get('liyu-asset-mix') === undefined) {
  customElements.define('liyu-asset-mix', AssetMix);
}
