import type { Customer, Localized } from '@liyu/model';

const zhEn = (zh: string, en: string): Record<'zh-CN' | 'en', string> => ({ 'zh-CN': zh, en });

/** Branches of 江海银行, an invented bank. */
export const BRANCHES = {
  binjiang: { id: 'B0101', name: zhEn('滨江支行', 'Binjiang Branch'), personalBanker: true },
  gulou: { id: 'B0102', name: zhEn('鼓楼支行', 'Gulou Branch'), personalBanker: true },
  kechuang: { id: 'B0205', name: zhEn('科创园支行', 'Tech Park Branch'), personalBanker: false },
} satisfies Record<string, Customer['branch']>;

/** Staff that customers may call. The numbers are in a range that nobody is given. */
export const STAFF = {
  wang: { id: 'M1001', name: '王慧敏', phone: '010-5555-0101' },
  zhou: { id: 'M1002', name: '周立群', phone: '010-5555-0102' },
  shen: { id: 'M1003', name: '沈若兰', phone: '010-5555-0103' },
  liu: { id: 'M2001', name: '刘洋', phone: '010-5555-0201' },
  he: { id: 'M2002', name: '何嘉', phone: '010-5555-0202' },
} satisfies Record<string, NonNullable<Customer['clientManager']>>;

export const APP: Localized = zhEn('手机银行', 'App');
export const PHONE: Localized = zhEn('电话', 'Phone');
export { zhEn };
