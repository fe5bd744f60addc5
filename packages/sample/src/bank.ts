/** A row of the table `branches`. */
export interface BranchRow {
  branch: string;
  name: string;
  name_en: string;
  personal_banker: boolean;
}

/** A row of the table `managers`. */
export interface ManagerRow {
  manager: string;
  name: string;
  phone: string;
  branch: string;
  duties: string[];
}

/** A text in both languages. */
export type Words = Record<'zh-CN' | 'en', string>;

export const zhEn = (zh: string, en: string): Words => ({
  'zh-CN': zh,
  en,
});

const branch = (id: string, name: string, name_en: string, personal_banker: boolean) => ({
  branch: id,
  name,
  name_en,
  personal_banker,
});

/** Branches of 江海银行, an invented bank. */
export const BRANCHES = {
  binjiang: branch('B0101', '滨江支行', 'Binjiang Branch', true),
  gulou: branch('B0102', '鼓楼支行', 'Gulou Branch', true),
  kechuang: branch('B0205', '科创园支行', 'Tech Park Branch', false),
  wangchao: branch('B0306', '望潮支行', 'Wangchao Branch', false),
} satisfies Record<string, BranchRow>;

const staff = (manager: string, name: string, phone: string, at: BranchRow, duties: string[]) => ({
  manager,
  name,
  phone: `010-5555-${phone}`,
  branch: at.branch,
  duties,
});

const { binjiang, gulou, kechuang, wangchao } = BRANCHES;

/**
 * Staff that customers may call, with someone for every duty in every branch. The numbers are in a
 * range that nobody is given.
 */
export const STAFF = {
  wang: staff('M1001', '王慧敏', '0101', binjiang, ['client-manager']),
  zhou: staff('M1002', '周立群', '0102', gulou, ['client-manager']),
  shen: staff('M1003', '沈若兰', '0103', kechuang, ['client-manager']),
  luo: staff('M1004', '罗静姝', '0104', wangchao, ['client-manager']),
  liu: staff('M2001', '刘洋', '0201', binjiang, ['care-manager', 'complaints']),
  he: staff('M2002', '何嘉', '0202', kechuang, ['care-manager', 'lobby']),
  fang: staff('M2003', '方晓棠', '0203', gulou, ['care-manager', 'complaints']),
  qiao: staff('M2004', '乔安平', '0204', wangchao, ['care-manager', 'complaints']),
  meng: staff('M3001', '孟书恒', '0301', binjiang, ['lobby', 'counter']),
  tao: staff('M3002', '陶一鸣', '0302', gulou, ['lobby', 'counter']),
  bai: staff('M3003', '白露晨', '0303', kechuang, ['counter', 'complaints']),
  jiang: staff('M3004', '江亦舟', '0304', wangchao, ['lobby', 'counter']),
} satisfies Record<string, ManagerRow>;

/** Who does `duty` in a branch; the first, where there are several. */
export function onDuty(duty: string, at: string): ManagerRow {
  const found = Object.values(STAFF).find((one) => one.branch === at && one.duties.includes(duty));
  if (found === undefined) throw new RangeError(`nobody has the duty ${duty} in ${at}`);
  return found;
}
