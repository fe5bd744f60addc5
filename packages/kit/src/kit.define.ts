import { Kit } from './kit.js';

if (customElements.get('liyu-kit') === undefined) customElements.define('liyu-kit', Kit);
