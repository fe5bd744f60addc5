import { ImportError } from './import-error.js';

/** A row of a delimited file. */
export interface CsvRow {
  /** Where it begins, from 1. */
  line: number;
  /** Of a field without quotes that is empty, null. */
  fields: (string | null)[];
  /** Where each field begins; null when all are in one line. */
  lines: number[] | null;
}

export interface CsvOptions {
  file: string;
  delimiter: string;
  /** What a field may be enclosed in, doubled inside; null where quotes are plain characters. */
  quote: '"' | null;
}

const CR = 13;
const LF = 10;
/** Longest row, in characters: what a quote that never ends would swallow. */
const LIMIT = 1024 * 1024;

/**
 * The rows of a delimited text after RFC 4180, a chunk in memory at a time. A line ends with LF, CR
 * or CRLF, which may be mixed; empty lines are passed over. Throws an ImportError.
 */
export async function* readCsv(
  chunks: AsyncIterable<string>,
  options: CsvOptions,
): AsyncGenerator<CsvRow> {
  const reader = new RowReader(options);
  for await (const chunk of chunks) {
    reader.add(chunk);
    for (let row = reader.next(false); row !== null; row = reader.next(false)) yield row;
  }
  for (let row = reader.next(true); row !== null; row = reader.next(true)) yield row;
}

/** Takes rows off a growing text. */
class RowReader {
  readonly #options: CsvOptions;
  #text = '';
  /** Where the next row begins, in the text and in lines. */
  #start = 0;
  #line = 1;
  /** Where reading stands. */
  #at = 0;
  #atLine = 1;

  constructor(options: CsvOptions) {
    this.#options = options;
  }

  add(chunk: string): void {
    this.#text = this.#text.slice(this.#start) + chunk;
    this.#start = 0;
  }

  /** The next row; null when the text doesn't hold it to its end, or, at the end, when it's the last. */
  next(isEnd: boolean): CsvRow | null {
    while (this.#start < this.#text.length) {
      const row = this.#read(isEnd);
      if (row === null) {
        if (this.#text.length - this.#start > LIMIT) {
          throw this.#error('a row of more than 1 MiB; is a quote left open?');
        }
        return null;
      }
      this.#start = this.#at;
      this.#line = this.#atLine;
      if (row.fields.length > 1 || row.fields[0] !== null) return row;
    }
    return null;
  }

  #read(isEnd: boolean): CsvRow | null {
    const { delimiter, quote } = this.#options;
    const text = this.#text;
    this.#at = this.#start;
    this.#atLine = this.#line;
    const fields: (string | null)[] = [];
    const lines: number[] = [];
    for (;;) {
      lines.push(this.#atLine);
      const isQuoted = quote !== null && text.startsWith(quote, this.#at);
      const field = isQuoted ? this.#quoted(quote, fields.length + 1, isEnd) : this.#plain();
      if (field === undefined) return null;
      if (!isQuoted && quote !== null && field?.includes(quote) === true) {
        throw this.#error('a quote inside a field without quotes', fields.length + 1);
      }
      fields.push(field);
      if (text.startsWith(delimiter, this.#at)) {
        this.#at += delimiter.length;
        continue;
      }
      const width = this.#lineEnd(isEnd);
      if (width === undefined) return null;
      if (width === 0 && this.#at < text.length) {
        // All of a delimiter may not be there yet.
        if (!isEnd && text.length - this.#at < delimiter.length) return null;
        throw this.#error('a closing quote is not followed by the delimiter', fields.length);
      }
      this.#at += width;
      if (width > 0) this.#atLine++;
      return { line: this.#line, fields, lines: lines.at(-1) === this.#line ? null : lines };
    }
  }

  /** A field up to the delimiter, the line's end or the text's. */
  #plain(): string | null {
    const { delimiter } = this.#options;
    const text = this.#text;
    const first = delimiter.charCodeAt(0);
    let end = this.#at;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === LF || code === CR) break;
      if (code === first && text.startsWith(delimiter, end)) break;
    }
    const field = end === this.#at ? null : text.slice(this.#at, end);
    this.#at = end;
    return field;
  }

  /** A field in quotes; undefined when its end isn't there yet. */
  #quoted(quote: string, column: number, isEnd: boolean): string | undefined {
    const text = this.#text;
    const begin = this.#at + 1;
    let end = begin;
    for (;;) {
      end = text.indexOf(quote, end);
      if (end === -1 || (end === text.length - 1 && !isEnd)) {
        if (isEnd) throw this.#error('a quote is left open', column);
        return undefined;
      }
      if (text[end + 1] !== quote) break;
      end += 2;
    }
    const field = text.slice(begin, end);
    this.#atLine += field.match(/\r\n|\r|\n/g)?.length ?? 0;
    this.#at = end + 1;
    return field.replaceAll(quote + quote, quote);
  }

  /** How many characters end the line here, 0 for none; undefined when that can't be told yet. */
  #lineEnd(isEnd: boolean): number | undefined {
    if (this.#at >= this.#text.length) return isEnd ? 0 : undefined;
    const code = this.#text.charCodeAt(this.#at);
    if (code === LF) return 1;
    if (code !== CR) return 0;
    if (this.#at + 1 === this.#text.length && !isEnd) return undefined;
    return this.#text.charCodeAt(this.#at + 1) === LF ? 2 : 1;
  }

  #error(message: string, column?: number): ImportError {
    const { file } = this.#options;
    const place = column === undefined ? { line: this.#line } : { line: this.#atLine, column };
    return new ImportError({ file, ...place }, message);
  }
}
