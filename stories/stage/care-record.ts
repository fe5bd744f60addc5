import type { CareEvent } from '@liyu/model';
import {
  aCareEvent,
  dayFromToday,
  words,
} from '../../packages/widgets/src/fixtures/records.testing.js';

const PHONE = words('电话', 'Phone');
const SMS = words('短信', 'SMS');
const MANAGER = words('客户经理', 'Client manager');
const SYSTEM = words('系统', 'System');

/** What was kept by the lunar calendar, on days of these years, and one day of the other calendar. */
export function lunarRecord(): CareEvent[] {
  const kept = (id: string, on: string, lunar: CareEvent['lunar'], title: CareEvent['title']) =>
    aCareEvent(id, { on, lunar, title, state: on < dayFromToday(0) ? 'done' : 'planned' });
  return [
    kept(
      'spring',
      '2027-02-06',
      { month: 1, day: 1, leap: false },
      words('春节问候', 'Spring Festival greeting'),
    ),
    kept('national', '2026-10-01', null, words('国庆节问候', 'National Day greeting')),
    kept(
      'mid-autumn',
      '2026-09-25',
      { month: 8, day: 15, leap: false },
      words('中秋节问候', 'Mid-Autumn greeting'),
    ),
    kept(
      'dragon',
      '2026-06-19',
      { month: 5, day: 5, leap: false },
      words('端午安康', 'Dragon Boat Festival greeting'),
    ),
    kept(
      'birthday',
      '2025-07-25',
      { month: 6, day: 1, leap: true },
      words('农历生日祝福', 'Lunar birthday greeting'),
    ),
  ];
}

/** Half a year of care for one customer, and what is planned, around today. */
export function careRecord(): CareEvent[] {
  return [
    aCareEvent('review', {
      kind: 'CONTACT',
      state: 'planned',
      on: dayFromToday(9),
      title: words('定期存款到期前提醒', 'Reminder before your term deposit matures'),
      note: words(
        '三年期，尾号2046；到期后默认转活期',
        'Three years, ending 2046; it becomes a current account by default',
      ),
      owner: MANAGER,
      ownerName: '王慧敏',
      channel: PHONE,
    }),
    aCareEvent('birthday', {
      state: 'planned',
      on: dayFromToday(105),
      title: words('生日问候与生日礼物', 'Birthday greeting and gift'),
    }),
    aCareEvent('survey', {
      kind: 'SURVEY',
      state: 'invited',
      on: dayFromToday(-2),
      title: words('邀请您评价：网点服务满意度', 'Please rate: branch service'),
      note: words('滨江支行，办理存单挂失', 'Binjiang Branch, replacing a lost deposit slip'),
      owner: SYSTEM,
      ownerName: null,
      survey: 'S1',
    }),
    aCareEvent('call', {
      kind: 'CONTACT',
      on: dayFromToday(-5),
      title: words('客户经理电话回访', 'Call from your client manager'),
      note: words(
        '已了解您近期的用款安排，约定月底再联系',
        'About your plans for this month; we agreed to talk again at its end',
      ),
      owner: MANAGER,
      ownerName: '王慧敏',
      channel: PHONE,
    }),
    aCareEvent('closed', {
      kind: 'COMPLAINT',
      on: dayFromToday(-34),
      title: words('投诉已办结：转账页面报错', 'Complaint closed: error on the transfer page'),
      note: words('页面已修复，结果已电话告知您', 'The page is mended; we told you by phone'),
      channel: PHONE,
    }),
    aCareEvent('received', {
      kind: 'COMPLAINT',
      on: dayFromToday(-37),
      title: words('投诉已受理', 'Complaint received'),
      owner: SYSTEM,
      ownerName: null,
      channel: SMS,
    }),
    aCareEvent('wait', {
      on: dayFromToday(-68),
      title: words('等候超时致歉', 'Apology for a long wait'),
      note: words('已赠送停车券一张', 'With a parking voucher'),
      channel: SMS,
    }),
    aCareEvent('visit', {
      kind: 'CONTACT',
      state: 'cancelled',
      on: dayFromToday(-74),
      title: words('上门服务预约', 'Appointment for a visit at home'),
      note: words('按您的要求取消', 'Cancelled as you asked'),
    }),
    aCareEvent('safety', {
      on: dayFromToday(-101),
      title: words('金融知识：识别冒充客服的来电', 'Good to know: callers who pose as the bank'),
      owner: SYSTEM,
      ownerName: null,
    }),
    aCareEvent('tier', {
      on: dayFromToday(-140),
      title: words('等级评定结果通知', 'Result of your assessment'),
      owner: SYSTEM,
      ownerName: null,
    }),
  ];
}
