import type { Redemption } from './redemption.js';
import { shanghaiDate } from './shanghai.js';
import { newUuidV7 } from './uuid-v7.js';

/** A request for a benefit as a device writes it; what the server decides is still null. */
export function newRedemption({
  customer,
  benefit,
}: {
  customer: string;
  benefit: string;
}): Redemption {
  const requestedAt = new Date().toISOString();
  return {
    id: newUuidV7(),
    rev: 0,
    customer,
    kind: 'benefit',
    benefit,
    points: null,
    period: shanghaiDate(requestedAt).slice(0, 4),
    requestedAt,
    state: 'pending',
    reason: null,
    code: null,
    decidedAt: null,
    validUntil: null,
  };
}
