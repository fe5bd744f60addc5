export { barePage } from './bare-page.js';
export { startPortal } from './portal.js';
export type { DemoCustomer, PortalOptions } from './portal.js';
