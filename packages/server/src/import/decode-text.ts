import { ImportError } from './import-error.js';

export const ENCODINGS = ['utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'gb18030'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Byte-order marks by encoding. */
const MARKS: Readonly<Record<Exclude<Encoding, 'utf-16'>, readonly number[]>> = {
  'utf-8': [0xef, 0xbb, 0xbf],
  'utf-16le': [0xff, 0xfe],
  'utf-16be': [0xfe, 0xff],
  gb18030: [0x84, 0x31, 0x95, 0x33],
};
const LONGEST_MARK = 4;

/** What stands in the text where bytes couldn't be decoded. */
const REPLACEMENT = '\ufffd';

/** A character that no import takes: one that couldn't be decoded, half a surrogate pair, or NUL. */
export const FAULTY = /[\ufffd\0\p{Cs}]/u;

/**
 * The text of a stream of bytes, without its byte-order mark. What isn't in the encoding comes as
 * U+FFFD, for the reader to refuse where it stands. Throws an ImportError when a byte-order mark
 * tells another encoding, or when a text declared as GB18030 is UTF-8, which decodes to other words.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  declared: Encoding,
  file: string,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  const rival = declared === 'gb18030' ? new RivalUtf8() : null;
  for await (const chunk of withWholeMark(bytes)) {
    let body = chunk;
    if (decoder === undefined) {
      const { encoding, skip } = encodingOf(chunk, declared, file);
      decoder = new TextDecoder(encoding, { ignoreBOM: true });
      body = chunk.subarray(skip);
    }
    rival?.read(body);
    yield decode(decoder, body);
  }
  if (decoder !== undefined) yield decode(decoder);
  if (rival?.isUtf8() === true) {
    throw new ImportError({ file, line: rival.line }, 'is UTF-8, but declared as gb18030');
  }
}

/** The same chunks, but the first is long enough to hold any byte-order mark. */
async function* withWholeMark(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first: Buffer | null = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (first === null) {
      yield chunk;
      continue;
    }
    first = Buffer.concat([first, chunk]);
    if (first.length < LONGEST_MARK) continue;
    yield first;
    first = null;
  }
  if (first !== null) yield first;
}

function encodingOf(
  head: Uint8Array,
  declared: Encoding,
  file: string,
): { encoding: Exclude<Encoding, 'utf-16'>; skip: number } {
  const names = Object.keys(MARKS) as (keyof typeof MARKS)[];
  const found = names.find((name) => MARKS[name].every((byte, at) => head[at] === byte));
  const start = { file, line: 1, column: 1 };
  if (found === undefined) {
    if (declared !== 'utf-16') return { encoding: declared, skip: 0 };
    throw new ImportError(start, 'has no byte-order mark: declare utf-16le or utf-16be');
  }
  if (declared !== found && !(declared === 'utf-16' && found.startsWith('utf-16'))) {
    throw new ImportError(
      start,
      `has the byte-order mark of ${found}, but is declared ${declared}`,
    );
  }
  return { encoding: found, skip: MARKS[found].length };
}

function decode(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    // Node 20 throws, though not fatal, when the rest of the chunk before proves to be no character.
    return REPLACEMENT;
  }
}

/**
 * Tells whether a text declared as GB18030 is UTF-8: decodable throughout, with a sequence of three
 * bytes or more, as every Chinese character is. GB18030 itself reads like that by chance only in
 * texts of a few characters, and hardly with such a sequence.
 */
class RivalUtf8 {
  /** Line of the first character that isn't ASCII. */
  line = 1;
  #decoder: TextDecoder | null = new TextDecoder('utf-8', { fatal: true });
  #isAscii = true;
  #hasLong = false;

  read(bytes: Uint8Array): void {
    if (this.#decoder === null) return;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x80) this.#isAscii = false;
      if (byte >= 0xe0) {
        this.#hasLong = true;
        break;
      }
      if (this.#isAscii && (byte === 10 || (byte === 13 && bytes[at + 1] !== 10))) this.line++;
    }
    this.#try(() => this.#decoder?.decode(bytes, { stream: true }));
  }

  isUtf8(): boolean {
    this.#try(() => this.#decoder?.decode());
    return this.#decoder !== null && this.#hasLong;
  }

  #try(work: () => unknown): void {
    try {
      work();
    } catch {
      this.#decoder = null;
    }
  }
}
