import { shanghaiDate } from './shanghai.js';

/** Four characters that are easy to read out, the same for the same id (FNV-1a, 20 bits). */
export function shortCode(id: string): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  let out = '';
  for (let i = 0; i < 4; i++) out += alphabet[(hash >>> (i * 5)) & 31];
  return out;
}

/** Number that a customer can quote: two letters, the day of receipt, a short code of the id. */
export function receiptNumber(prefix: string, id: string, now: string): string {
  return `${prefix}${shanghaiDate(now).replaceAll('-', '')}-${shortCode(id)}`;
}
