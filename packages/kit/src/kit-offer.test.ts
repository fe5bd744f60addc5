import { expect } from '@open-wc/testing';
import { breakNetwork, mendNetwork } from './fixtures/network.testing.js';
import {
  CHEN,
  clearPage,
  pause,
  place,
  placeKit,
  textOf,
  tokenFor,
  until,
  untilShown,
} from './fixtures/page.testing.js';
import './liyu.js';

// Customers who agreed to offers and have an open one; no other test answers it.
const SAVER = 'c-51c9';
const TWICE = 'c-b2f7';
const OFFER = '一年期定期存款加息';

const answer = async (panel: Element, label: string) => {
  // The button takes no press before it has stood for half a second.
  await pause(600);
  const buttons = [...panel.shadowRoot!.querySelectorAll<HTMLButtonElement>('.offer .button')];
  buttons.find((button) => button.textContent.trim().startsWith(label))!.click();
};
/** The network of another device, which no test breaks. */
const elsewhere = window.fetch.bind(window);

/** Another device answers the customer's offer. */
async function answerElsewhere(customer: string, feedback: string): Promise<void> {
  const token = await tokenFor(customer);
  const ask = async (what: 'pull' | 'push', body: object) => {
    const answer = await elsewhere(`/liyu/sync/v1/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ coll: 'offers', scope: `c:${customer}`, sv: 0, ...body }),
    });
    return (await answer.json()) as { documents: object[]; conflicts: object[] };
  };
  const [offer] = (await ask('pull', { cp: null, limit: 100 })).documents;
  const row = { newDocumentState: { ...offer, feedback }, assumedMasterState: offer };
  expect((await ask('push', { rows: [row] })).conflicts).to.deep.equal([]);
}

const offerOf = (panel: Element) =>
  panel.shadowRoot!.querySelector('.offer')?.textContent.replace(/\s+/g, ' ').trim() ?? '';

describe('kit, the answer to an offer', () => {
  afterEach(clearPage);

  it('lies on the device while the network is away, and is confirmed when it is back', async () => {
    placeKit(SAVER);
    const panel = place('liyu-benefit-panel');
    await untilShown(panel, OFFER);
    expect(textOf(panel)).to.contain('本行利益 本行因此获得稳定的存款来源');
    breakNetwork();
    await answer(panel, '感兴趣');
    await untilShown(panel, `${OFFER}：感兴趣 待确认`);
    mendNetwork();
    await until(() => offerOf(panel) === `${OFFER}：感兴趣 已确认`, 'confirmed');
  });

  it('is refused where another device was first, and says so, to a panel that opens later', async () => {
    const kit = placeKit(TWICE);
    const panel = place('liyu-benefit-panel');
    await untilShown(panel, OFFER);
    breakNetwork();
    await answer(panel, '感兴趣');
    await untilShown(panel, '待确认');
    await answerElsewhere(TWICE, 'NOT_NOW');
    panel.remove();
    mendNetwork();
    await until(() => kit.status?.pending === 0, 'nothing waits');
    const later = place('liyu-benefit-panel');
    await untilShown(later, '您已在其他设备上回答过，以先送达的为准。');
    expect(offerOf(later)).to.contain(`${OFFER}：暂不需要 已确认`);
  });

  it('isn’t asked of a customer who wants no suggestions', async () => {
    placeKit(CHEN.id);
    const panel = place('liyu-benefit-panel');
    await untilShown(panel, '您已关闭个性化推荐，这里不显示推荐内容。');
    expect(panel.shadowRoot!.querySelectorAll('.offer')).to.have.length(0);
  });
});
