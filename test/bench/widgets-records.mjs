// The records that all contenders show: as many as asked for, no two neighbours alike.

const FAMILIES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨';
const GIVEN = '明芳伟秀娜敏静磊';
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

function assessment(i, level) {
  return {
    id: `C${i}:${yesterday}`,
    rev: 1,
    customer: `C${i}`,
    assessedOn: yesterday,
    asOf: yesterday,
    class: 'VIP',
    level,
    rung: `VIP-${level}`,
    label: { 'zh-CN': `VIP客户${level}级`, en: `VIP ${level}` },
    top: false,
    qualified: `VIP-${level}`,
    previous: `VIP-${level}`,
    variant: null,
    status: 'KEEP',
    failStreak: 0,
    since: '2024-03-01',
    validTo: `2027-0${1 + (i % 9)}-28`,
    restore: null,
    score: 74,
    neutralScore: 74,
    points: {},
    knockouts: [],
    creditKnown: true,
    reasons: [],
    inputs: { aum_avg_3m_fen: 68_201_635 + i },
    missing: [],
    confidenceBp: 10_000,
    policyVersion: '1.0.0',
    policyHash: 'a'.repeat(64),
    inputDigest: 'b'.repeat(64),
    previousHash: null,
  };
}

function customer(i, given) {
  return {
    id: `C${i}`,
    rev: 1,
    asOf: yesterday,
    name: `${FAMILIES[i % 16]}*${GIVEN[given % 8]}`,
    phone: '138****5678',
    locale: 'zh-CN',
    since: `201${i % 8}-06-12`,
    branch: {
      id: 'B1',
      name: { 'zh-CN': '滨江支行', en: 'Binjiang' },
      personalBanker: true,
    },
    clientManager: { id: 'M1', name: '王慧敏', phone: '0571-8888 0101' },
    careManager: { id: 'M2', name: '刘洋', phone: '0571-8888 0202' },
    tier: null,
    preferences: {
      channel: 'APP',
      channelLabel: { 'zh-CN': '手机银行', en: 'App' },
      contactTime: null,
      care: true,
      surveys: true,
      personalised: true,
    },
  };
}

/** What is shown first, and what it becomes: of a badge the level changes, of a card the name. */
export const RECORDS = {
  badges: (count) => ({
    before: Array.from({ length: count }, (_, i) => assessment(i, 1 + (i % 5))),
    after: Array.from({ length: count }, (_, i) => assessment(i, 1 + ((i + 1) % 5))),
  }),
  cards: (count) => {
    const of = (given) => (_, i) => ({
      customer: customer(i, i + given),
      assessment: assessment(i, 1 + (i % 5)),
    });
    return {
      before: Array.from({ length: count }, of(0)),
      after: Array.from({ length: count }, of(1)),
    };
  },
};
