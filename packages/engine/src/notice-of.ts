import type { Assessment, CareEvent, Locale, Localized } from '@liyu/model';
import type { Policy } from '@liyu/policy';
import { rungByCode } from './next-rung.js';

type Words = Record<Locale, string>;

/** Rule of care-playbook.json that tells of a watch. */
const WATCH_RULE = 'C-WATCH';

/**
 * What the customer is told of an evaluation that moved something, in the tone of copy.json: in each watch
 * month what is kept until when and what restores it, which is also the notice before a downgrade
 * (tier-ladder `noticeRule`); on the day itself a rung that changed. The end of being a new customer is told
 * as that. Null where the rung stands.
 */
export function noticeOf(
  policy: Policy,
  assessment: Pick<
    Assessment,
    'customer' | 'assessedOn' | 'status' | 'label' | 'class' | 'previous' | 'validTo' | 'restore'
  >,
): CareEvent | null {
  const { customer, assessedOn, status } = assessment;
  const told = wordsOf(policy, assessment);
  if (told === null) return null;
  const { owners, channelLabels, rules } = policy.files['care-playbook'];
  const isWatch = status === 'WATCH';
  const rule = isWatch ? rules.find(({ id }) => id === WATCH_RULE) : undefined;
  const channel = channelLabels[rule?.channels[0] ?? 'APP'];
  return {
    id: `${customer}:${isWatch ? WATCH_RULE : 'TIER'}:${assessedOn.slice(0, 7)}`,
    rev: 0,
    customer,
    rule: rule?.id ?? null,
    kind: 'CARE',
    on: assessedOn,
    ...told,
    state: 'done',
    owner: both(owners[rule?.owner ?? 'SYSTEM']),
    ownerName: null,
    channel: channel === undefined ? null : both(channel),
    survey: null,
  };
}

function wordsOf(
  policy: Policy,
  assessment: Parameters<typeof noticeOf>[1],
): { title: Words; note: Words | null } | null {
  const { status, restore, validTo, previous } = assessment;
  const rung = both(assessment.label);
  const say = (zh: string, en: string): Words => ({ 'zh-CN': zh, en });
  switch (status) {
    case 'KEEP':
      return null;
    case 'WATCH':
      return {
        title:
          validTo === null
            ? say(`${rung['zh-CN']}保留中`, `${rung.en} is kept`)
            : say(
                `${rung['zh-CN']}保留至${chineseDay(validTo)}`,
                `${rung.en} kept until ${validTo}`,
              ),
        note:
          restore === null
            ? null
            : say(`恢复条件：${restore['zh-CN']}`, `To keep it: ${restore.en}`),
      };
    case 'DOWNGRADE':
      return {
        title: say(`等级调整为${rung['zh-CN']}`, `Your level is now ${rung.en}`),
        note: say('如需说明，可申请人工复核', 'You may ask for a person to review this'),
      };
    case 'UPGRADE': {
      const wasNew = previous !== null && rungByCode(policy.files, previous).class === 'NEW';
      return wasNew && assessment.class === 'ORDINARY'
        ? {
            title: say(
              `新客户期结束，现为${rung['zh-CN']}`,
              `No longer a new customer: ${rung.en}`,
            ),
            note: null,
          }
        : { title: say(`等级升为${rung['zh-CN']}`, `Your level is now ${rung.en}`), note: null };
    }
  }
}

function both(label: Localized | undefined): Words {
  const zh = label?.['zh-CN'] ?? '';
  return { 'zh-CN': zh, en: label?.en ?? zh };
}

/** 2027年2月28日 */
function chineseDay(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}
