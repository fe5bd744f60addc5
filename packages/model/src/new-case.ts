import type { Case } from './case.js';
import { newUuidV7 } from './uuid-v7.js';

/** A case as a device writes it to open it; what the server adds is still null. */
export function newCase(
  opening: Pick<Case, 'customer' | 'kind' | 'text'> & Partial<Pick<Case, 'topic' | 'about'>>,
): Case {
  return {
    id: newUuidV7(),
    rev: 0,
    topic: null,
    about: null,
    ...opening,
    state: 'RECEIVED',
    openedAt: new Date().toISOString(),
    receivedAt: null,
    dueOn: null,
    handler: null,
    receipt: null,
    steps: [],
  };
}
