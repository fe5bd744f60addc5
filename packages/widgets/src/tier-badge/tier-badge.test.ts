import { expect } from '@open-wc/testing';
import type { Assessment } from '@liyu/model';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, mount, one, settled, textOf } from '../fixtures/mount.testing.js';
import { anAssessment, ORDINARY, QUALITY, TOP, WATCH } from '../fixtures/records.testing.js';
import type { BadgeSize } from './tier-badge.js';

const badge = (size: BadgeSize, changes: Partial<Assessment> | null) =>
  mount('liyu-tier-badge', {
    attributes: { size },
    props: { assessment: changes === null ? null : anAssessment(changes) },
  });

describe('<liyu-tier-badge> by size', () => {
  const lines: readonly [string, Partial<Assessment> | null, Record<BadgeSize, string>][] = [
    [
      'a level with a last day',
      {},
      {
        s: 'VIP客户1级',
        m: 'VIP客户1级 有效期至 2027年2月28日',
        l: 'VIP客户1级 自2024年3月1日起 有效期至 2027年2月28日',
      },
    ],
    [
      'a level that a knock-out moves',
      QUALITY,
      {
        s: '优质客户2级',
        m: '优质客户2级 自2026年2月起',
        l: '优质客户2级 自2026年2月1日起 有效期至 2027年2月28日 如出现连续逾期等信用否决情形，等级会提前调整。',
      },
    ],
    [
      'a watch month',
      WATCH,
      {
        s: 'VIP客户1级',
        m: 'VIP客户1级 保留至 2027年1月31日',
        l: 'VIP客户1级 自2024年3月1日起 VIP客户1级保留至 2027年1月31日。恢复条件：3个月日均资产达到50万元，现为46.30万元 期间权益不变。',
      },
    ],
    [
      'the highest level',
      TOP,
      {
        s: '大额客户5级',
        m: '大额客户5级 您已是最高等级',
        l: '大额客户5级 您已是最高等级 自2024年3月1日起 有效期至 2027年5月31日',
      },
    ],
    [
      'a level that can’t fall',
      ORDINARY,
      { s: '普通客户', m: '普通客户 自2024年3月起', l: '普通客户 自2024年3月1日起' },
    ],
    [
      'no assessment',
      null,
      {
        s: '等级评定中',
        m: '等级评定中',
        l: '等级评定中 我们还没有收到足够的数据。评定在每月首日进行。',
      },
    ],
  ];
  for (const [what, changes, bySize] of lines) {
    for (const size of ['s', 'm', 'l'] as const) {
      it(`says of ${what} in size ${size} what fits there`, async () => {
        const text = textOf(await badge(size, changes)).replace(/ ?数据更新于.*/, '');
        expect(text).to.equal(bySize[size]);
      });
    }
  }

  it('never writes of a watch month in red', async () => {
    const element = await badge('l', WATCH);
    expect(one(element, '.note').className).to.equal('note notice');
  });
});

describe('<liyu-tier-badge> whose size is set by property', () => {
  it('stands in a line of text in size s, and writes no size that nobody has set', async () => {
    const element = await mount('liyu-tier-badge', { props: { assessment: anAssessment() } });
    expect(element.hasAttribute('size')).to.equal(false);
    element.size = 's';
    await settled(element);
    expect(getComputedStyle(element).display).to.equal('inline-block');
  });
});

describe('<liyu-tier-badge> emblem', () => {
  const steps = (element: Element, part: string) =>
    (one(element, '.emblem path').getAttribute('d') ?? '').split(part).length - 1;

  it('has as many steps as the level, in both drawings', async () => {
    for (const level of [1, 2, 3, 4, 5]) {
      const changes = { class: 'LARGE', level };
      expect(steps(await badge('l', changes), ' 42.5h'), `large ${level}`).to.equal(level);
      expect(steps(await badge('s', changes), ' 14h'), `small ${level}`).to.equal(level);
    }
    expect(steps(await badge('l', ORDINARY), ' 42.5h')).to.equal(0);
  });

  it('is a broken ring while the level is being assessed, and the same in a watch month', async () => {
    expect(all(await badge('l', null), '.emblem circle[stroke-dasharray]')).to.have.length(1);
    const drawn = (element: Element) => one(element, '.emblem').innerHTML;
    expect(drawn(await badge('l', WATCH))).to.equal(drawn(await badge('l', {})));
  });
});

describe('<liyu-tier-badge> with a kit', () => {
  it('shows the latest assessment', async () => {
    const source = new FakeSource();
    const older = anAssessment({ id: 'a', assessedOn: '2026-10-01' });
    const newer = anAssessment({ id: 'b', assessedOn: '2026-11-01', ...TOP });
    source.set('assessments', [newer, older]);
    const element = await mount('liyu-tier-badge', { source });
    expect(textOf(element)).to.contain('大额客户5级');
    source.set('assessments', []);
    await settled(element);
    expect(textOf(element)).to.equal('等级评定中');
  });

  it('asks for assessments only, and stands in a line of text in size s', async () => {
    const source = new FakeSource();
    source.set('assessments', [anAssessment()]);
    const element = await mount('liyu-tier-badge', { source, attributes: { size: 's' } });
    expect(source.asked).to.deep.equal(['assessments']);
    expect(getComputedStyle(element).display).to.equal('inline-block');
    source.setStatus({ offline: true });
    await settled(element);
    expect(textOf(element)).to.equal('VIP客户1级 离线数据');
  });
});
