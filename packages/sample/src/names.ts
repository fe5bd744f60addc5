import type { Random } from './random.js';

export type Gender = 'female' | 'male';

// The commonest family names in the order of the yearly name reports of the Ministry of Public
// Security, with rounded weights.
const SURNAMES: readonly (readonly [string, number])[] = [
  ...weights('王李张刘陈', 70, 45),
  ...weights('杨黄赵吴周徐孙马胡朱郭何', 30, 12),
  ...weights('林罗高郑梁谢宋唐许韩邓冯曹彭曾', 11, 6),
  ...weights('肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪', 6, 3),
  ...weights(
    '廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常',
    3,
    1,
  ),
];

const COMPOUND = ['欧阳', '上官', '司马', '诸葛', '司徒', '夏侯'];

interface Cohort {
  /** Born before this year. */
  before: number;
  /** Percent of given names of one character. */
  single: number;
  female: Pool;
  male: Pool;
}

/** Given names: one character, or one of `first` and one of `last`. */
interface Pool {
  one: string;
  first: string;
  last: string;
}

const COHORTS: readonly Cohort[] = [
  {
    before: 1960,
    single: 12,
    female: { one: '英兰芳珍琴芬', first: '桂秀玉淑凤春美月', last: '英兰珍芳华芝琴荣' },
    male: { one: '福荣生德贵林', first: '建国志德永文长振', last: '国华生林义祥发民' },
  },
  {
    before: 1980,
    single: 38,
    female: { one: '丽敏静燕红艳霞萍', first: '晓春秀丽海玉雪亚', last: '梅红霞萍云玲娟琴' },
    male: { one: '伟军勇强刚涛斌辉', first: '建志国海卫永少立', last: '军平东明峰强林波' },
  },
  {
    before: 1995,
    single: 40,
    female: { one: '婷娜静雪颖倩莹琳', first: '雅思晓佳梦文慧雨', last: '婷琪洁雯妍萱颖琳' },
    male: { one: '磊鹏超杰浩凯宇翔', first: '俊志子文嘉明宏晓', last: '杰辉龙鹏豪飞宇博' },
  },
  {
    before: 9999,
    single: 18,
    female: { one: '悦妍萱琪菲瑶', first: '欣梓雨诗可语思若', last: '怡涵萱彤妍琪桐冉' },
    male: { one: '睿轩晨宸泽昊', first: '浩子宇梓俊奕天一', last: '轩宇涵然泽辰睿航' },
  },
];

const MINORITY: Readonly<Record<Gender, readonly string[]>> = {
  female: ['阿依古丽·买买提', '迪丽拜尔·吐尔逊', '格桑卓玛', '乌云其木格', '阿依努尔·艾合买提'],
  male: ['扎西次仁', '巴特尔', '艾力·热合曼', '那日苏', '买合木提·依明'],
};

const FOREIGN: Readonly<Record<Gender, readonly string[]>> = {
  female: ['Mary Jane Smith', 'Elena Petrova', 'Aiko Tanaka', 'Sofia Rossi', 'Chloe Martin'],
  male: ['James Wilson', 'Lukas Weber', 'Daniel O’Brien', 'Kenji Mori', 'Carlos Ruiz Soto'],
};

export interface Name {
  name: string;
  /** Whether it is written in Latin letters. */
  latin: boolean;
}

/** A name as somebody born in `year` may have it. */
export function nameOf(random: Random, gender: Gender, year: number): Name {
  const kind = random.weighted([
    ['han', 976],
    ['compound', 8],
    ['minority', 9],
    ['foreign', 7],
  ] as const);
  if (kind === 'foreign') return { name: random.pick(FOREIGN[gender]), latin: true };
  if (kind === 'minority') return { name: random.pick(MINORITY[gender]), latin: false };
  const surname = kind === 'compound' ? random.pick(COMPOUND) : random.weighted(SURNAMES);
  const cohort = COHORTS.find(({ before }) => year < before)!;
  const pool = cohort[gender];
  if (random.chance(cohort.single)) {
    return { name: surname + random.pick([...pool.one]), latin: false };
  }
  const first = random.pick([...pool.first]);
  const last = random.pick([...pool.last].filter((character) => character !== first));
  return { name: surname + first + last, latin: false };
}

/**
 * A mobile number of customer `n`: eleven digits beginning with 160, which nobody is given (libphonenumber's
 * metadata for China has no such number).
 */
export function phoneOf(n: number): string {
  // An odd factor prime to 10 keeps the numbers apart.
  return `160${String((n * 48_271 + 20_201_122) % 100_000_000).padStart(8, '0')}`;
}

/** Weights that fall in a line over the characters of `list`. */
function weights(list: string, from: number, to: number): [string, number][] {
  const characters = [...list];
  return characters.map((character, i) => [
    character,
    from - ((from - to) * i) / characters.length,
  ]);
}
