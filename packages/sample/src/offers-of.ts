import type { Offer } from '@liyu/model';
import { wan } from './assets.js';
import { addDays } from './calendar.js';
import { zhEn } from './bank.js';
import type { Words } from './bank.js';
import { momentOn } from './moments.js';
import type { Person, Setting } from './person.js';
import type { ProductId } from './products.js';
import { productOf } from './products.js';

interface Pitch {
  product: ProductId;
  fits(person: Person): boolean;
  title: Words;
  reason: Words;
  interest: Words;
}

const has = (person: Person, metric: string, least: number) =>
  ((person.metrics[metric] as number | null) ?? 0) >= least;

const PITCHES: readonly Pitch[] = [
  {
    product: 'CERTIFICATE',
    fits: (person) => has(person, 'deposit_avg_3m_fen', wan(20)),
    title: zhEn('三年期大额存单预约', 'Reserve a three-year certificate of deposit'),
    reason: zhEn(
      '您的活期余额已连续三个月高于20万元',
      'Your balance has been above ¥200,000 for three months',
    ),
    interest: zhEn('本行因此获得稳定的存款来源', 'The bank gains stable funding by it'),
  },
  {
    product: 'STEADY',
    fits: (person) => has(person, 'invest_avg_3m_fen', wan(1)),
    title: zhEn('稳健理财半年期新一期', 'A new issue of the six-month steady product'),
    reason: zhEn('您持有同一系列的产品', 'You hold a product of the same series'),
    interest: zhEn(
      '本行按年收取千分之三的管理费',
      'The bank takes a management fee of 0.3% a year',
    ),
  },
  {
    product: 'TIME_12',
    fits: (person) => has(person, 'deposit_avg_3m_fen', wan(2)),
    title: zhEn('一年期定期存款加息', 'A higher rate for a one-year deposit'),
    reason: zhEn('您的等级享有定期存款加息', 'Your level has a higher rate on time deposits'),
    interest: zhEn('本行因此获得稳定的存款来源', 'The bank gains stable funding by it'),
  },
  {
    product: 'CARD',
    fits: (person) => !person.products.some((id) => productOf(id).kind === 'CARD'),
    title: zhEn('江海信用卡，首年免年费', 'Jianghai credit card, no fee in the first year'),
    reason: zhEn(
      '您每月在本行账户支付日常开支',
      'You pay for daily life from your account with us',
    ),
    interest: zhEn('本行从商户收取刷卡手续费', 'The bank takes a fee from merchants'),
  },
];

/** Up to one offer of the last ten weeks, for those who agreed to offers of their own. */
export function offersOf({ today }: Setting, person: Person): Offer[] {
  if (!person.consents.includes('MARKETING')) return [];
  const random = person.random('offers');
  if (!random.chance(55)) return [];
  const fitting = PITCHES.filter(
    (pitch) => !person.products.includes(pitch.product) && pitch.fits(person),
  );
  if (fitting.length === 0) return [];
  const { product: id, title, reason, interest } = random.pick(fitting);
  const { name, name_en } = productOf(id);
  const on = addDays(today, -random.between(1, 70));
  if (on <= person.since) return [];
  const feedback = random.weighted([
    [null, 58],
    ['INTERESTED', 18],
    ['NOT_NOW', 17],
    ['NEVER', 7],
  ] as const);
  const day = addDays(on, 3);
  const answeredOn = day < today ? day : addDays(today, -1);
  return [
    {
      id: `${person.id}-o1`,
      rev: 0,
      customer: person.id,
      product: zhEn(name, name_en),
      title,
      reason,
      interest,
      on,
      expiresOn: addDays(on, 90),
      feedback,
      feedbackAt: feedback === null ? null : momentOn(random, answeredOn),
    },
  ];
}
