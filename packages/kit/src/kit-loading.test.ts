import { expect } from '@open-wc/testing';
import { intercept, requested } from './fixtures/network.testing.js';
import { CHEN, clearPage, pause, place, placeKit, untilShown } from './fixtures/page.testing.js';

// Alone in its file: whether a module was loaded can be seen once per page.

const ofStore = () => requested().filter((path) => path.includes('/packages/store/'));
const ofServer = () => requested().filter((path) => path.startsWith('/liyu/'));

describe('kit, before a widget needs it', () => {
  before(async () => {
    performance.setResourceTimingBufferSize(5_000);
    await import('./liyu.js');
  });
  afterEach(clearPage);

  it('loads no store and sends no request, until a widget without data asks', async () => {
    const tokens = intercept(() => undefined);
    placeKit(CHEN.id);
    const byProperty = place('liyu-tier-badge');
    byProperty.assessment = null;
    const main = place('main');
    main.innerHTML = `<liyu-customer-card>
      <script type="application/json">{"customer":null}</script>
    </liyu-customer-card>`;
    const byScript = main.firstElementChild!;
    await untilShown(byProperty, '等级评定中');
    await untilShown(byScript, '暂时没有');
    await pause(300);
    expect(ofStore()).to.deep.equal([]);
    expect(ofServer()).to.deep.equal([]);
    expect(tokens).to.have.length(0);

    await untilShown(place('liyu-tier-badge'), CHEN.rung);
    expect(ofStore()).not.to.deep.equal([]);
    expect(ofServer()).to.include('/liyu/sync/v1/pull');
  });
});
