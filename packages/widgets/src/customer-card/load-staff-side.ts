import { once } from '../foundation/lazy-part.js';

/** The chunk of staff. */
export const loadStaffSide = once(() => import('./staff-side.js'));
