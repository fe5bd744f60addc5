/* global document */
// What the contenders that aren't Liyu's are told to show: the same words and drawings, made of the records.
import { render } from 'lit';
import {
  dayOfYear,
  fullDate,
  monthOf,
  monthsBetween,
} from '../../packages/widgets/src/foundation/calendar.js';
import { emblem } from '../../packages/widgets/src/foundation/emblem.js';
import { ICON_PATHS } from '../../packages/widgets/src/foundation/icon.js';
import { telUrl } from '../../packages/widgets/src/foundation/safe-url.js';

export { ICON_PATHS };

const LANGUAGE = 'zh-CN';
/** Outline of the emblem by level; a page by hand has them as five drawings. */
const DRAWINGS = [1, 2, 3, 4, 5].map((level) => {
  const place = document.createElement('div');
  render(emblem({ class: 'VIP', level }, 32), place);
  return place.querySelector('path').getAttribute('d');
});

/** The words of a badge, of its assessment. */
export function badgeWords({ level, label, validTo }) {
  return {
    drawing: DRAWINGS[level - 1],
    name: label[LANGUAGE],
    until: '有效期至 ',
    lastDay: fullDate(validTo, LANGUAGE),
  };
}

/** The words of a card, of the customer's record and assessment. */
export function cardWords({ customer, assessment }) {
  const { name, since, asOf, branch, clientManager, careManager, preferences } = customer;
  return {
    ...badgeWords(assessment),
    customer: name,
    greeting: '，您好',
    people: [
      person('客户经理', '存款、理财、贷款与等级事宜', clientManager),
      person('客户关怀服务经理', '问候、活动、意见与投诉', careManager),
    ],
    assets: '管理资产',
    basis: '近3个月日均，截至',
    basisDay: dayOfYear(assessment.asOf, LANGUAGE),
    hidden: '金额已隐藏',
    show: '显示',
    showWhat: ' 管理资产',
    years: `${Math.floor(monthsBetween(since, asOf) / 12)}年`,
    since: '自',
    sinceMonth: monthOf(since, LANGUAGE),
    branch: branch.name[LANGUAGE],
    banker: '设个人银行专员',
    channel: preferences.channelLabel[LANGUAGE],
    dated: '数据更新于 ',
    date: fullDate(customer.asOf < assessment.asOf ? customer.asOf : assessment.asOf, LANGUAGE),
  };
}

function person(role, duty, { name, phone }) {
  return { role, duty, name, phone, url: telUrl(phone), call: '致电' };
}
