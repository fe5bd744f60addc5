import type { Language } from './texts.js';

interface DeskTexts {
  title: string;
  desk: string;
  who: string;
  signIn: string;
  signInWhat: string;
  signOut: string;
  customers: string;
  search: string;
  searchWhat: string;
  card: string;
  /** `{n}` is a number; also for the page's own script. */
  found: string;
  more: string;
  nobody: string;
  waiting: string;
  unnamed: string;
  duties: Readonly<Record<string, string>>;
}

/** Words of the bank's own desk for its staff; those of the widgets are theirs. */
export const DESK_TEXTS: Readonly<Record<Language, DeskTexts>> = {
  'zh-CN': {
    title: '江海银行 员工工作台',
    desk: '员工工作台',
    who: '演示员工',
    signIn: '登录',
    signInWhat: '选择一位员工。每位员工只能看到由自己或本网点服务的客户。',
    signOut: '安全退出',
    customers: '我的客户',
    search: '查找客户',
    searchWhat: '客户号、姓名、手机号末四位、网点或等级',
    card: '客户卡片',
    found: '共{n}位',
    more: '共{n}位，显示前50位',
    nobody: '没有找到客户',
    waiting: '正在加载',
    unnamed: '姓名未知',
    duties: {
      'client-manager': '客户经理',
      'care-manager': '客户关怀服务经理',
      lobby: '大堂',
      counter: '柜台',
      complaints: '投诉处理',
      aml: '反洗钱',
      'policy-maker': '规则制定',
      'policy-checker': '规则复核',
    },
  },
  en: {
    title: 'Jianghai Bank – Staff desk',
    desk: 'Staff desk',
    who: 'Demo staff',
    signIn: 'Sign in',
    signInWhat: 'Choose a member of staff. Each sees the customers they or their branch serve.',
    signOut: 'Sign out',
    customers: 'My customers',
    search: 'Find a customer',
    searchWhat: 'Number, name, last digits of the phone, branch or level',
    card: 'Customer card',
    found: '{n} in all',
    more: '{n} in all, the first 50 shown',
    nobody: 'No customer found',
    waiting: 'Loading',
    unnamed: 'Name unknown',
    duties: {
      'client-manager': 'client manager',
      'care-manager': 'care manager',
      lobby: 'lobby',
      counter: 'counter',
      complaints: 'complaints',
      aml: 'anti-money-laundering',
      'policy-maker': 'policy maker',
      'policy-checker': 'policy checker',
    },
  },
};
