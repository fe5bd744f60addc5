export type Language = 'zh-CN' | 'en';

interface Texts {
  htmlLang: Language;
  title: string;
  bank: string;
  switchLabel: string;
  switchButton: string;
  signIn: string;
  settings: string;
  sections: string;
  elder: string;
  standard: string;
  otherLanguage: string;
  signOut: string;
  /** Asked before a sign-out that loses `{n}` things that weren't sent. */
  unsent: string;
  signedOut: string;
  signedOutWhat: string;
  accounts: string;
  accountsNote: string;
  benefits: string;
  survey: string;
  care: string;
  level: string;
  notices: string;
  /** What the bank tells everybody, the latest first. */
  news: readonly (readonly [date: string, words: string])[];
  sums: readonly string[];
  rows: readonly (readonly [name: string, note: string])[];
  company: string;
  hotline: string;
}

/** Words of the bank's own page; those of the widgets are theirs. */
export const TEXTS: Readonly<Record<Language, Texts>> = {
  'zh-CN': {
    htmlLang: 'zh-CN',
    title: '江海银行 个人网银首页',
    bank: '江海银行',
    switchLabel: '演示客户',
    switchButton: '切换',
    signIn: '登录',
    settings: '设置',
    sections: '本页内容',
    elder: '适老版',
    standard: '标准版',
    otherLanguage: 'English',
    signOut: '安全退出',
    unsent: '还有{n}项没有送达银行，退出后不再保留。确定退出？',
    signedOut: '您已安全退出',
    signedOutWhat: '本机不再保存您的数据。',
    accounts: '我的账户',
    accountsNote: '金额默认隐藏，请在手机银行查看',
    benefits: '我的权益',
    survey: '评价服务',
    care: '关怀记录',
    level: '等级说明',
    notices: '公告',
    news: [
      ['11月20日', '本行人员不会索要短信验证码，接到此类来电请挂断'],
      ['11月16日', '12月6日2:00至5:00系统维护，期间转账暂停'],
      ['11月2日', '滨江支行周六照常营业，可在线取号'],
    ],
    sums: ['总资产（元）', '本月支出（元）'],
    rows: [
      ['借记卡6225 **** **** 5678', '活期'],
      ['定期存款，尾号2046', '三年期'],
      ['信用卡，尾号5678', '每月8日还款'],
    ],
    company: '江海银行股份有限公司（虚构）',
    hotline: '客户服务热线010-5555-0100，24小时',
  },
  en: {
    htmlLang: 'en',
    title: 'Jianghai Bank – Personal banking',
    bank: 'Jianghai Bank',
    switchLabel: 'Demo customer',
    switchButton: 'Switch',
    signIn: 'Sign in',
    settings: 'Settings',
    sections: 'On this page',
    elder: 'Large type',
    standard: 'Standard',
    otherLanguage: '中文',
    signOut: 'Sign out',
    unsent: 'Not sent to the bank yet: {n}. It is lost when you sign out. Sign out?',
    signedOut: 'You are signed out',
    signedOutWhat: 'Nothing of yours is kept on this device.',
    accounts: 'My accounts',
    accountsNote: 'Amounts are hidden; the app shows them',
    benefits: 'Benefits',
    survey: 'Your opinion',
    care: 'Care',
    level: 'Your level',
    notices: 'Notices',
    news: [
      ['20 Nov', 'Nobody at the bank asks for a code from your messages; please hang up'],
      ['16 Nov', 'No transfers on 6 December from 2:00 to 5:00: maintenance'],
      ['2 Nov', 'Binjiang Branch is open on Saturdays; queue numbers online'],
    ],
    sums: ['Total assets (CNY)', 'Spent this month (CNY)'],
    rows: [
      ['Debit card 6225 **** **** 5678', 'Current account'],
      ['Term deposit ending 2046', 'Three years'],
      ['Credit card ending 5678', 'Due on the 8th of each month'],
    ],
    company: 'Jianghai Bank Co., Ltd. (invented)',
    hotline: 'Hotline 010-5555-0100, 24 hours',
  },
};
