import { once } from '../foundation/lazy-part.js';

/** The chunk that knows the rules. */
export const loadJourneySide = once(() => import('./journey-side.js'));
