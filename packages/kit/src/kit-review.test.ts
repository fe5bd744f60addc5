import { expect } from '@open-wc/testing';
import { breakNetwork, mendNetwork } from './fixtures/network.testing.js';
import { clearPage, place, placeKit, textOf, until, untilShown } from './fixtures/page.testing.js';
import './liyu.js';

// A customer of whom no other test asks for a review.
const SUN = { id: 'c-c815', rung: '优质客户1级' };

describe('kit, a review of a level', () => {
  afterEach(clearPage);

  it('lies on the device while the network is away, then has the bank’s number', async () => {
    placeKit(SUN.id);
    const journey = place('liyu-tier-journey');
    await untilShown(journey, SUN.rung);
    await untilShown(journey, '综合评分达到60分');
    const part = (selector: string) =>
      journey.shadowRoot!.querySelector<HTMLElement>(selector) ?? document.createElement('i');
    breakNetwork();
    part('.ask-review').click();
    await until(() => part('.review [type=submit]').isConnected, 'the form');
    part('.review [type=submit]').click();
    await untilShown(journey, '复核申请已保存在本机，联网后提交');
    mendNetwork();
    await until(() => /编号 FH\d{8}-/.test(textOf(journey)), 'a receipt');
    expect(textOf(journey)).to.match(/人工复核：已收到 编号 FH\d{8}-\S+ 最晚\d+年\d+月\d+日答复。/);
  });
});
