import type { CareEvent } from './care-event.js';
import type { Case } from './case.js';
import type { RulePolicy } from './rule-policy.js';

/** Rules of care-playbook.json that an opened and a closed complaint go by. */
const RULES = { RECEIVED: 'C-COMPLAINT-ACK', CLOSED: 'C-COMPLAINT-DONE' } as const;

/**
 * The entry in the timeline that tells of a complaint received or closed on `day`; the names come
 * from complaints.json. One entry for each of the two: a complaint that is closed again moves it.
 */
export function complaintEvent(
  complaint: Case,
  state: keyof typeof RULES,
  day: string,
  policy: RulePolicy['complaints'],
): CareEvent {
  const label = policy?.stateLabels[state] ?? { 'zh-CN': '', en: '' };
  const topic = policy?.taxonomy.find(({ id }) => id === complaint.topic)?.label;
  const { receipt } = complaint;
  return {
    id: `${complaint.customer}:${RULES[state]}:${complaint.id}`,
    rev: 0,
    customer: complaint.customer,
    rule: RULES[state],
    kind: 'COMPLAINT',
    on: day,
    title: {
      'zh-CN': `投诉${label['zh-CN']}${topic === undefined ? '' : `：${topic['zh-CN']}`}`,
      en: `Complaint ${label.en.toLowerCase()}${topic === undefined ? '' : `: ${topic.en}`}`,
    },
    note: receipt === null ? null : { 'zh-CN': `编号 ${receipt}`, en: `Number ${receipt}` },
    state: 'done',
    owner: policy?.label ?? { 'zh-CN': '投诉处理', en: 'Complaint handling' },
    ownerName: complaint.handler,
    channel: null,
    survey: null,
  };
}
