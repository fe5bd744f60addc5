import type { Random } from './random.js';

/** A moment of a date in Asia/Shanghai within business hours: ISO 8601 in UTC, with milliseconds. */
export function momentOn(random: Random, date: string): string {
  const pad = (number: number) => (number < 10 ? `0${String(number)}` : String(number));
  const hour = String(random.between(1, 8));
  const minute = pad(random.between(0, 59));
  const second = pad(random.between(0, 59));
  return `${date}T0${hour}:${minute}:${second}.${String(random.between(100, 999))}Z`;
}

/** A moment up to ten seconds after another, as a server's answer is. */
export function soonAfter(random: Random, moment: string): string {
  return new Date(Date.parse(moment) + random.between(300, 9_000)).toISOString();
}

/** A UUIDv7 (RFC 9562) of that moment, such as a device makes. */
export function uuidOf(random: Random, moment: string): string {
  const time = Date.parse(moment).toString(16).padStart(12, '0');
  const hex = () => random.next().toString(16).padStart(8, '0');
  const [a, b, c] = [hex(), hex(), hex()];
  const variant = '89ab'[random.between(0, 3)]!;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-${variant}${a.slice(3, 6)}-${b}${c.slice(0, 4)}`;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Four characters that are easy to read out. */
export function shortCodeOf(random: Random): string {
  let out = '';
  for (let i = 0; i < 4; i++) out += ALPHABET[random.between(0, 31)]!;
  return out;
}

/** A number to quote: two letters, the day of receipt, a short code. */
export function receiptOf(random: Random, prefix: string, moment: string): string {
  return `${prefix}${moment.slice(0, 10).replaceAll('-', '')}-${shortCodeOf(random)}`;
}
