/** A text may deny what it mustn't say: 非保本, no guaranteed return. */
const DENIED =
  /[不非未无](?:保本|保息|保证收益|承诺收益)|\b(?:no|not|never|without)(?: an?| any)? (?:guaranteed|promised|expected) (?:return|yield|profit)s?/giu;

const PROMISES = [
  /保本|保息|稳赚|稳赢|必赚|只赚不赔|零风险|无风险|没有风险/u,
  /预期(?:年化)?收益|(?:保证|承诺|确保)收益|收益(?:保证|有保障|保障)/u,
  // A figure beside the word: what comes of it nobody knows.
  /(?:收益率?|回报率?|年化)[^，。；：、"]{0,12}?\d[\d.]*\s*[%％]|\d[\d.]*\s*[%％](?:的)?(?:年化|收益|回报)/u,
  /\b(?:guaranteed|assured|promised|expected)[ -](?:annual )?(?:returns?|yields?|profits?|income|principal|capital)\b/iu,
  /\b(?:capital|principal)[ -](?:guaranteed|protected|protection)\b/iu,
  /\brisk[ -]free\b|\bno[ -]risk\b|\bwithout (?:any )?risk\b/iu,
  /\b(?:returns?|yields?) of (?:up to )?\d|\d[\d.]*\s*% (?:return|yield|profit)/iu,
];

/**
 * The words of `text`, Chinese or English, that promise a return or that nothing can be lost; null for
 * none. What is denied isn't promised, and the interest of a deposit is no return in this sense.
 */
export function promisedReturn(text: string): string | null {
  const said = text.replace(DENIED, '');
  for (const promise of PROMISES) {
    const found = promise.exec(said);
    if (found !== null) return found[0];
  }
  return null;
}
