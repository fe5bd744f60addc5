import { expect } from '@open-wc/testing';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, mount, one, settled, textOf } from '../fixtures/mount.testing.js';
import { CSAT } from '../fixtures/policy.testing.js';
import { aCareEvent, aSurvey, dayFromToday, words } from '../fixtures/records.testing.js';
import type { BeforeOpenSurveyEvent } from './care-timeline.events.js';

const named = (id: string, on: string, more = {}) =>
  aCareEvent(id, { on, title: words(id, id), ...more });
const EVENTS = [
  named('七月', '2026-07-03'),
  named('十一月乙', '2026-11-18', { kind: 'CONTACT' }),
  named('计划乙', dayFromToday(6), { state: 'planned', kind: 'CONTACT' }),
  named('九月', '2026-09-25'),
  named('计划甲', dayFromToday(4), { state: 'planned' }),
  named('十一月甲', '2026-11-19', { state: 'cancelled' }),
  named('十月', '2026-10-01', { kind: 'COMPLAINT' }),
];
const timeline = (careEvents = EVENTS) => mount('liyu-care-timeline', { props: { careEvents } });
const names = (element: Element, inside = '') =>
  all(element, `${inside} .name`).map((name) => name.textContent);

describe('<liyu-care-timeline>', () => {
  it('shows what comes next first, then month by month backwards', async () => {
    const element = await timeline();
    expect(names(element, '.next')).to.deep.equal(['计划甲', '计划乙']);
    expect(names(element, '.month')).to.deep.equal(['十一月甲', '十一月乙', '十月', '九月']);
    expect(all(element, '.month .group').map((group) => group.textContent.trim())).to.deep.equal([
      '2026年11月',
      '2026年10月',
      '2026年9月',
    ]);
  });

  it('shows older months when asked to, and takes the focus there', async () => {
    const element = await timeline();
    one(element, '.foot .link').click();
    await settled(element);
    expect(names(element, '.month')).to.include('七月');
    expect(all(element, '.foot')).to.have.length(0);
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('2026年7月');
  });

  it('shows as many months as the page says, and the others when asked to', async () => {
    const element = await mount('liyu-care-timeline', {
      attributes: { months: '1' },
      props: { careEvents: EVENTS },
    });
    expect(names(element, '.month')).to.deep.equal(['十一月甲', '十一月乙']);
    expect(names(element, '.next')).to.have.length(2);
    one(element, '.foot .link').click();
    await settled(element);
    expect(names(element, '.month')).to.have.length(5);
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('2026年10月');
  });

  it('shows thousands a hundred or so at a time, and takes the focus to the first of them', async () => {
    // Twenty a month, for fifty months.
    const many = Array.from({ length: 1_000 }, (_, at) => {
      const month = Math.floor(at / 20);
      const on = `${2026 - Math.floor(month / 12)}-${String(12 - (month % 12)).padStart(2, '0')}-11`;
      return named(String(at), on);
    });
    const element = await timeline(many);
    expect(names(element, '.month')).to.have.length(60);
    one(element, '.foot .link').click();
    await settled(element);
    expect(names(element, '.month')).to.have.length(160);
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('2026年9月');
    one(element, '.foot .link').click();
    await settled(element);
    expect(names(element, '.month')).to.have.length(260);
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('2026年4月');
    for (let press = 0; press < 8 && all(element, '.foot').length > 0; press++) {
      one(element, '.foot .link').click();
      await settled(element);
    }
    expect(names(element, '.month')).to.have.length(1_000);
    expect(all(element, '.foot')).to.have.length(0);
  });

  it('lays out only what is near the screen once it shows more than 200', async () => {
    const visibility = async (count: number) => {
      const element = await timeline(
        Array.from({ length: count }, (_, at) => named(String(at), '2026-11-11')),
      );
      const rows = all(element, '.event');
      expect(rows).to.have.length(count);
      return getComputedStyle(rows.at(-1)!).contentVisibility;
    };
    expect(await visibility(200)).to.equal('visible');
    expect(await visibility(201)).to.equal('auto');
  });

  it('filters by the kinds that occur', async () => {
    const element = await timeline();
    const buttons = all(element, '.filter button');
    expect(buttons.map((button) => button.textContent.trim())).to.deep.equal([
      '全部',
      '关怀',
      '联系',
      '投诉',
    ]);
    await expect(element).to.be.accessible();
    buttons[2]!.click();
    await settled(element);
    expect(names(element)).to.deep.equal(['计划乙', '十一月乙']);
    expect(buttons.map((button) => button.getAttribute('aria-pressed'))).to.deep.equal([
      'false',
      'false',
      'true',
      'false',
    ]);
    element.careEvents = EVENTS.filter(({ kind }) => kind !== 'CONTACT');
    await settled(element);
    expect(names(element)).to.include('计划甲');
  });

  it('has no filter where there is one kind only', async () => {
    expect(all(await timeline([named('甲', '2026-11-01')]), '.filter')).to.have.length(0);
  });

  it('says who does it, how, on which day, and how it stands', async () => {
    const element = await timeline([
      named('问候', '2026-10-01', { note: words('国庆', 'National Day') }),
    ]);
    expect(textOf(element, '.event')).to.equal(
      '10月1日 周四 问候 国庆 客户关怀服务经理 刘洋，手机银行 已完成',
    );
  });

  it('names the year of what is planned for another one', async () => {
    const year = String(new Date().getFullYear() + 1);
    const element = await timeline([named('春节', `${year}-02-17`, { state: 'planned' })]);
    expect(textOf(element, '.weekday')).to.match(new RegExp(`^${year}年 周`));
  });
});

describe('<liyu-care-timeline> planned for a day that has passed', () => {
  const planned = (on: string) => named('回访', on, { state: 'planned' });

  it('is no longer announced: it stands in its month, and isn’t said to be done', async () => {
    const element = await timeline([planned('2025-12-30'), named('问候', '2025-12-29')]);
    expect(all(element, '.next')).to.have.length(0);
    expect(textOf(element, '.month')).to.equal(
      '2025年12月 12月30日 周二 回访 客户关怀服务经理 刘洋，手机银行 计划日已过 ' +
        '12月29日 周一 问候 客户关怀服务经理 刘洋，手机银行 已完成',
    );
  });

  it('is announced until the end of that day', async () => {
    for (const [days, word] of [
      [0, '计划中'],
      [-1, '计划日已过'],
    ] as const) {
      const element = await timeline([planned(dayFromToday(days))]);
      expect(all(element, '.next'), word).to.have.length(days === 0 ? 1 : 0);
      expect(textOf(element, '.event > .status')).to.equal(word);
    }
  });
});

describe('<liyu-care-timeline> lunar dates', () => {
  const lunar = (month: number, day: number, leap = false) => ({ month, day, leap });
  const KEPT = [
    named('中秋', '2026-09-25', { lunar: lunar(8, 15) }),
    named('生日', '2025-07-25', { lunar: lunar(6, 1, true) }),
    named('国庆', '2026-10-01', { lunar: null }),
    named('回访', '2026-10-02'),
  ];
  const lines = (element: Element) => all(element, '.when').map((when) => when.textContent.trim());

  it('stand beside the day of what is kept by the lunar calendar, and of nothing else', async () => {
    const element = await mount('liyu-care-timeline', { props: { careEvents: KEPT } });
    expect(lines(element).map((line) => line.replace(/\s+/g, ' '))).to.deep.equal([
      '10月2日 周五',
      '10月1日 周四',
      '9月25日 周五 农历八月十五',
      '7月25日 周五 农历闰六月初一',
    ]);
    const [day, moon] = ['.lunar .when > .solid', '.lunar .lunar-date'].map((selector) =>
      one(element, selector).getBoundingClientRect(),
    );
    expect(Math.abs(day!.bottom - moon!.bottom)).to.be.below(4);
    expect(moon!.left).to.be.above(day!.right);
  });

  it('are said in English, and stand on the line of the day in large letters too', async () => {
    const element = await mount('liyu-care-timeline', {
      locale: 'en',
      attributes: { elder: '' },
      props: { careEvents: KEPT.slice(0, 1) },
    });
    expect(textOf(element, '.when')).to.equal('25 Sep Fri 15th of the 8th lunar month');
    const [day, weekday, moon, name] = ['.when > .solid', '.weekday', '.lunar-date', '.name'].map(
      (selector) => one(element, selector).getBoundingClientRect(),
    );
    for (const other of [weekday!, moon!]) {
      expect(Math.abs(day!.bottom - other.bottom)).to.be.below(8);
    }
    expect(name!.left).to.equal(day!.left);
  });

  it('are left out where the record tells no day of the lunar calendar', async () => {
    for (const wrong of [lunar(13, 1), lunar(8, 31), { month: 8 }, '八月十五']) {
      const element = await timeline([named('中秋', '2026-09-25', { lunar: wrong as never })]);
      expect(textOf(element, '.when'), JSON.stringify(wrong)).to.equal('9月25日 周五');
    }
  });
});

describe('<liyu-care-timeline> date of the data', () => {
  const from = (pulledOn?: string | null) => {
    const source = new FakeSource();
    const docs = EVENTS.slice(1, 3);
    const known = pulledOn === undefined ? {} : { pulledOn };
    source.set('careEvents', { state: 'ready', docs, ...known });
    return source;
  };

  it('is the day on which the source last had all of it from the server', async () => {
    const source = from('2026-11-24');
    const element = await mount('liyu-care-timeline', { source });
    expect(textOf(element, '.foot')).to.equal('数据更新于 2026年11月24日');
    source.set('careEvents', { state: 'ready', docs: EVENTS, pulledOn: '2026-11-26' });
    await settled(element);
    expect(textOf(element, '.foot')).to.equal('查看更早的记录 数据更新于 2026年11月26日');
  });

  it('is called old after 45 days', async () => {
    const element = await mount('liyu-care-timeline', { source: from(dayFromToday(-46)) });
    expect(all(element, '.foot .status.notice')).to.have.length(1);
    expect(element.matches(':state(stale)')).to.equal(true);
    const fresh = await mount('liyu-care-timeline', { source: from(dayFromToday(-45)) });
    expect(fresh.matches(':state(stale)')).to.equal(false);
  });

  it('is left out where nobody knows it', async () => {
    for (const source of [from(null), from()]) {
      const element = await mount('liyu-care-timeline', { source });
      expect(all(element, '.foot')).to.have.length(0);
    }
    expect(all(await timeline(EVENTS.slice(1, 3)), '.foot')).to.have.length(0);
  });
});

describe('<liyu-care-timeline> invitation', () => {
  const invitation = named('评价', '2026-11-19', {
    kind: 'SURVEY',
    state: 'invited',
    survey: 'S1',
  });

  it('has nothing to press where the page has no form', async () => {
    const element = await timeline([invitation]);
    expect(textOf(element, '.event')).to.contain('待您填写');
    expect(all(element, '.event button')).to.have.length(0);
  });

  it('opens the form of the page', async () => {
    const form = await mount('liyu-satisfaction-form', {
      props: { survey: aSurvey(), template: CSAT },
    });
    const element = await timeline([invitation]);
    one(element, '.event button').click();
    await settled(form);
    expect(document.activeElement === form).to.equal(true);
    expect(form.shadowRoot?.activeElement?.getAttribute('type')).to.equal('radio');
  });

  it('can be taken over by the page', async () => {
    const form = await mount('liyu-satisfaction-form', {
      props: { survey: aSurvey(), template: CSAT },
    });
    const element = await timeline([invitation]);
    const asked: BeforeOpenSurveyEvent[] = [];
    element.addEventListener('liyu-before-open-survey', (event) => {
      event.preventDefault();
      asked.push(event);
    });
    one(element, '.event button').click();
    await settled(form);
    expect(asked.map(({ surveyId, detail }) => [surveyId, detail])).to.deep.equal([
      ['S1', { surveyId: 'S1' }],
    ]);
    expect(document.activeElement === form).to.equal(false);
  });
});
