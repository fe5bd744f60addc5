/** Scripts that run from right to left, and signs that turn the direction of what follows them. */
const TURNING =
  /[\u0590-\u08FF\u200E\u200F\u2029-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** What ends a paragraph, and with it every isolation. */
const PARAGRAPH_ENDS = /[\n\r\x85\p{Zp}]/gu;
const FIRST_STRONG = '\u2068';
const POP = '\u2069';
const OPENING = '\u2066\u2067\u2068';

/**
 * `text` of a record so that it stands in a line without turning what is around it: closed in by the
 * signs of Unicode UAX 9, and no sign of its own closes them early. Other texts come back as they are.
 * Throws a TypeError for what isn't a text.
 */
export function isolated(text: string): string {
  if (typeof text !== 'string') throw new TypeError('not a text');
  if (!TURNING.test(text)) return text;
  let open = 0;
  let inner = '';
  for (const sign of text.replace(PARAGRAPH_ENDS, ' ')) {
    if (OPENING.includes(sign)) open++;
    else if (sign === POP && open-- === 0) {
      open = 0;
      continue;
    }
    inner += sign;
  }
  return FIRST_STRONG + inner + POP.repeat(open + 1);
}
