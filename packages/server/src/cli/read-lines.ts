/** A line of a text, without its LF; null when it isn't UTF-8 or is too long to be one row. */
export interface Line {
  /** From 1. */
  number: number;
  text: string | null;
}

const LF = 10;
/** Longest line, in bytes. */
const LIMIT = 1024 * 1024;

/** The lines of a stream of bytes, one in memory at a time; of CRLF, the CR stays, as white space. */
export async function* readLines(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Line> {
  let number = 0;
  let parts: Uint8Array[] = [];
  let size = 0;
  const take = (part: Uint8Array) => {
    size += part.byteLength;
    if (size <= LIMIT) parts.push(part);
  };
  const end = (): Line => {
    const text = size > LIMIT ? null : decode(Buffer.concat(parts));
    parts = [];
    size = 0;
    return { number: ++number, text };
  };
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, start)) {
      take(bytes.subarray(start, at));
      yield end();
      start = at + 1;
    }
    take(bytes.subarray(start));
  }
  if (size > 0) yield end();
}

function decode(bytes: Uint8Array): string | null {
  try {
    // Drops a byte-order mark too.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
