import type { ArchiveEntry } from '@liyu/model';
import { onDuty } from './bank.js';
import type { ManagerRow } from './bank.js';
import { addDays } from './calendar.js';
import { momentOn, uuidOf } from './moments.js';
import type { Person, Setting } from './person.js';

const NOTES = [
  '习惯上午来网点，不喜欢被电话打扰，先发短信。',
  '关注养老储备，愿意听固定收益类产品的介绍。',
  '手机银行操作不熟，演示过一次转账。',
  '孩子在外地读大学，每月固定汇款。',
  '喜欢逸米俱乐部的健步活动。',
  '对费用敏感，办理前要先说明收费。',
  '自营小店，月末周转紧，月初回款。',
];
const NEEDS = [
  '一年内想换房，问过房贷和提前还款。',
  '明年送孩子出国读书，问过购汇和留学汇款。',
  '父母住院，想了解医疗险。',
  '想给父母办大字版手机银行。',
  '计划买车，问过分期。',
];
const LIFE_EVENTS = [
  '今年退休。',
  '二孩出生。',
  '搬到新区，常用网点变更。',
  '换了工作，工资改由本行代发。',
];
const CHECKS = [
  '档案已核对，职业证明过期，待补。',
  '档案完整。',
  '联系电话已更新，生日历法待确认。',
];

/** What staff wrote down of a customer in the last year: of most one thing, of some more. */
export function archiveOf({ today }: Setting, person: Person): ArchiveEntry[] {
  const random = person.random('archive');
  const entries: ArchiveEntry[] = [];
  const write = (kind: ArchiveEntry['kind'], text: string, by: ManagerRow) => {
    const on = addDays(today, -random.between(2, 340));
    if (on <= person.since) return;
    entries.push({
      id: uuidOf(random, momentOn(random, on)),
      rev: 0,
      customer: person.id,
      kind,
      text,
      on,
      by: by.manager,
      byName: by.name,
    });
  };
  if (random.chance(48)) write('NOTE', random.pick(NOTES), person.clientManager);
  if (random.chance(17)) {
    write('NEED', random.pick(NEEDS), onDuty('lobby', person.branch.branch));
  }
  if (random.chance(7)) write('LIFE_EVENT', random.pick(LIFE_EVENTS), person.careManager);
  if (random.chance(9)) write('CHECK', random.pick(CHECKS), person.careManager);
  if (random.chance(5)) {
    write('HANDOVER', '客户资料已移交，五个工作日内电话介绍新客户经理。', person.clientManager);
  }
  return entries.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
