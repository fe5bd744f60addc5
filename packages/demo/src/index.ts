export { startPortal } from './portal.js';
export type { DemoCustomer, PortalOptions } from './portal.js';
