// Compound surnames (复姓) in use, simplified, and those of them that are written otherwise in the
// traditional form.
const COMPOUND = new Set(
  (
    '欧阳 司马 上官 诸葛 司徒 司空 司寇 夏侯 皇甫 尉迟 公孙 公冶 公羊 公良 公西 慕容 长孙 宇文 轩辕 ' +
    '令狐 东方 东郭 东门 南宫 南门 西门 北堂 独孤 端木 闻人 百里 呼延 赫连 澹台 宗政 濮阳 淳于 单于 ' +
    '太叔 申屠 仲孙 叔孙 季孙 钟离 鲜于 闾丘 梁丘 左丘 亓官 子车 颛孙 巫马 漆雕 乐正 壤驷 拓跋 夹谷 ' +
    '宰父 谷梁 段干 羊舌 微生 完颜 纳兰 耶律 第五 即墨 达奚 褚师 哥舒 ' +
    '歐陽 司馬 諸葛 尉遲 公孫 長孫 軒轅 東方 東郭 東門 南宮 南門 西門 獨孤 聞人 呼延 赫連 澹臺 濮陽 ' +
    '淳於 單于 仲孫 鍾離 鮮于 閭丘 顓孫 巫馬 樂正 穀梁 段幹 納蘭'
  ).split(' '),
);
const HAN = /\p{Script=Han}/u;
/** What has no width of its own, and halves of characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** Longest mask; a name field holds 60. */
const LONGEST = 60;

/**
 * A name after masking.json: first and last character with a star for each between, of two the
 * first, of one nothing; a compound surname stays whole. Of a name without Chinese characters the
 * first letters of the first and the last word, each with three stars. Empty stays empty.
 */
export function maskName(name: string): string {
  const clean = name.normalize('NFC').replace(INVISIBLE, '').trim();
  if (clean === '') return '';
  const characters = [...clean];
  if (characters.length === 1) return '*';
  if (!HAN.test(clean)) return maskWords(clean.split(/\s+/u));
  const surname = characters.slice(0, 2).join('');
  const first = characters.length > 2 && COMPOUND.has(surname) ? 2 : 1;
  const last = characters.length - first >= 2 ? 1 : 0;
  const hidden = Math.min(characters.length - first - last, LONGEST - 2 * (first + last));
  return (
    characters.slice(0, first).join('') +
    '*'.repeat(hidden) +
    characters.slice(characters.length - last).join('')
  );
}

function maskWords(words: readonly string[]): string {
  const shown = words.length === 1 ? words : [words[0]!, words[words.length - 1]!];
  return shown.map((word) => `${[...word][0]!}***`).join(' ');
}
