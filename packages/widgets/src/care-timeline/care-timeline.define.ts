import { CareTimeline } from './care-timeline.js';

declare global {
  interface HTMLElementTagNameMap {
    'liyu-care-timeline': CareTimeline;
  }
}

if (customElements.get('liyu-care-timeline') === undefined) {
  customElements.define('liyu-care-timeline', CareTimeline);
}
