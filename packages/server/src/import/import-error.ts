/** Where something is in a file, each from 1. */
export interface Place {
  /** As import.json or the command names it. */
  file: string;
  line?: number;
  /** Of a data file, the number of the field in its row; of import.sql, of the character in its line. */
  column?: number;
  /** Of a data file, the column's name in import.json. */
  name?: string;
}

/** Something wrong with what is imported; the message names the place and never quotes a value. */
export class ImportError extends Error {
  override readonly name = 'ImportError';

  constructor(place: Place, message: string) {
    super(`${describePlace(place)}: ${message}`);
  }
}

export function describePlace({ file, line, column, name }: Place): string {
  const parts = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [`column ${column}${name === undefined ? '' : ` (${name})`}`]),
  ];
  return parts.length === 0 ? file : `${file}: ${parts.join(', ')}`;
}

/** Line and column of a character of a text, `offset` in code points from 0, as SQL errors count. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = [...text].slice(0, Math.max(0, offset)).join('');
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
}
