const SPACE = /[ \t\r\n]*/y;
const SCALAR =
  /"(?:[ !#-[\]-\u{10ffff}]|\\["\\/bfnrt]|\\u[\dA-Fa-f]{4})*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;
const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\["\\/bfnrt]|\\u[\dA-Fa-f]{4})*"/uy;

/**
 * Where a text that JSON.parse refuses stops being JSON, as an offset; JSON.parse itself doesn't
 * always say. Of a text that is cut short, its length.
 */
export function jsonFault(text: string): number {
  let at = 0;
  const take = (token: RegExp): boolean => {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found !== null) at += found[0].length;
    return found !== null;
  };
  const takeCharacter = (character: string): boolean => {
    take(SPACE);
    if (text[at] !== character) return false;
    at++;
    take(SPACE);
    return true;
  };
  /** Members up to the closing bracket, whose opening one is taken. */
  const members = (close: string, member: () => boolean): boolean => {
    if (takeCharacter(close)) return true;
    do {
      if (!member()) return false;
    } while (takeCharacter(','));
    return takeCharacter(close);
  };
  const value = (): boolean => {
    take(SPACE);
    if (takeCharacter('{')) {
      return members('}', () => take(STRING) && takeCharacter(':') && value());
    }
    if (takeCharacter('[')) return members(']', value);
    return take(SCALAR);
  };
  if (value()) take(SPACE);
  return at;
}
