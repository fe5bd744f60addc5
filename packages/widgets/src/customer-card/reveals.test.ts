import { expect } from '@open-wc/testing';
import { FakeSource } from '../fixtures/fake-source.testing.js';
import { all, hasFocus, mount, one, root, settled, textOf } from '../fixtures/mount.testing.js';
import { aCustomer } from '../fixtures/records.testing.js';
import type { Revealed } from '../source.js';
import type { CustomerCard } from './customer-card.js';
import { loadStaffSide } from './load-staff-side.js';

const CLEAR: Readonly<Record<string, string>> = {
  name: '陈思怡',
  phone: '13800005678',
  birthday: '1990-03-07',
};
const ANY_CLEAR = /陈思怡|13800005678|1990/;

interface Staff {
  element: CustomerCard;
  source: FakeSource;
  /** Customer, field and reason of each look. */
  asked: string[][];
}

async function aCard(
  answer: (field: string) => Promise<Revealed> = (field) =>
    Promise.resolve({ value: CLEAR[field] ?? null }),
): Promise<Staff> {
  const source = new FakeSource();
  const birthday = { birthday: '****-03-07', birthdayCalendar: 'solar' } as const;
  source.set('customers', [aCustomer(birthday), aCustomer({ id: 'C2', ...birthday })]);
  const asked = source.serveStaff(answer);
  const attributes = { customer: 'C1' };
  const element = await mount('liyu-customer-card', { source, attributes });
  return { element, source, asked };
}

const row = (field: string) => `[data-field=${field}]`;
const wholeDom = (element: Element) => element.outerHTML + element.shadowRoot!.innerHTML;

async function press(element: CustomerCard, selector: string): Promise<void> {
  one(element, selector).click();
  await settled(element);
}

async function choose(element: CustomerCard, reason: string): Promise<void> {
  const select = one<HTMLSelectElement>(element, 'select');
  select.value = reason;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settled(element);
}

async function reveal(element: CustomerCard, field: string): Promise<void> {
  await press(element, `${row(field)} .reveal`);
  await choose(element, 'VERIFY');
  await press(element, `${row(field)} .primary`);
}

describe('<liyu-customer-card customer>, a field in the clear', () => {
  before(() => loadStaffSide());
  const real = {
    setTimeout: window.setTimeout.bind(window),
    clearTimeout: window.clearTimeout.bind(window),
  };
  /** Ends the half minute of all that is shown. */
  let passTime: () => void;
  beforeEach(() => {
    const waiting = new Map<number, () => void>();
    window.setTimeout = ((run: () => void, ms?: number, ...rest: unknown[]) => {
      const timer = real.setTimeout(run, ms, ...rest);
      if (ms === 30_000) waiting.set(timer, run);
      return timer;
    }) as typeof setTimeout;
    window.clearTimeout = (timer) => {
      waiting.delete(timer!);
      real.clearTimeout(timer);
    };
    passTime = () => waiting.forEach((run) => run());
  });
  afterEach(() => {
    window.setTimeout = real.setTimeout;
    window.clearTimeout = real.clearTimeout;
    Reflect.deleteProperty(document, 'visibilityState');
  });

  for (const [field, masked, shown] of [
    ['name', '陈*怡', '陈思怡'],
    ['phone', '138****5678', '13800005678'],
    ['birthday', '3月7日', '1990年3月7日'],
  ] as const) {
    it(`takes the place of the mask for half a minute: ${field}`, async () => {
      const { element, asked } = await aCard();
      await reveal(element, field);
      expect(asked).to.deep.equal([['C1', field, '核实客户身份']]);
      expect(textOf(element, `${row(field)} .clear`)).to.equal(shown);
      expect(textOf(element, row(field))).to.contain('30秒后隐藏');
      if (field !== 'birthday') expect(wholeDom(element)).not.to.contain(masked);
      passTime();
      await settled(element);
      expect(wholeDom(element)).not.to.match(ANY_CLEAR);
      expect(textOf(element, row(field))).to.contain(masked);
    });
  }

  it('is text and nothing else: in no attribute, no event, no log', async () => {
    const { element } = await aCard();
    const heard: string[] = [];
    const { log, warn, error, info } = console;
    for (const name of ['log', 'warn', 'error', 'info'] as const) {
      console[name] = (...said: unknown[]) => heard.push(said.join(' '));
    }
    const { dispatchEvent } = EventTarget.prototype;
    EventTarget.prototype.dispatchEvent = function (event) {
      heard.push(JSON.stringify((event as CustomEvent).detail ?? null));
      return dispatchEvent.call(this, event);
    };
    try {
      for (const field of ['name', 'phone', 'birthday']) await reveal(element, field);
    } finally {
      Object.assign(console, { log, warn, error, info });
      EventTarget.prototype.dispatchEvent = dispatchEvent;
    }
    expect(textOf(element)).to.match(/陈思怡.*13800005678.*1990年3月7日/);
    expect(heard.join()).not.to.match(ANY_CLEAR);
    const attributes = [element, ...element.shadowRoot!.querySelectorAll('*')].flatMap((one) =>
      [...one.attributes].map(({ value }) => value),
    );
    expect(attributes.join(' ')).not.to.match(ANY_CLEAR);
  });

  it('is hidden at once by a button, by the tab going out of sight and with the card', async () => {
    const ends: Record<string, (element: CustomerCard) => unknown> = {
      button: (element) => one(element, `${row('phone')} button.link`).click(),
      tab: () => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
        document.dispatchEvent(new Event('visibilitychange'));
      },
      page: () => window.dispatchEvent(new Event('pagehide')),
      customer: (element) => element.setAttribute('customer', 'C2'),
      removed: (element) => {
        const parent = element.parentElement!;
        element.remove();
        parent.append(element);
      },
    };
    for (const [what, end] of Object.entries(ends)) {
      const { element } = await aCard();
      await reveal(element, 'phone');
      expect(wholeDom(element), what).to.match(ANY_CLEAR);
      end(element);
      await settled(element);
      expect(wholeDom(element), what).not.to.match(ANY_CLEAR);
      expect(textOf(element, row('phone')), what).to.contain('138****5678');
    }
  });

  it('isn’t shown when the answer comes for somebody, or something, that is gone', async () => {
    const ends: Record<string, (element: CustomerCard) => unknown> = {
      cancelled: (element) => one(element, '.ask button.link').click(),
      customer: (element) => element.setAttribute('customer', 'C2'),
      removed: (element) => {
        const parent = element.parentElement!;
        element.remove();
        parent.append(element);
      },
      tab: () => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
        document.dispatchEvent(new Event('visibilitychange'));
      },
    };
    for (const [what, end] of Object.entries(ends)) {
      let give: (answer: Revealed) => void = () => undefined;
      const { element } = await aCard(() => new Promise((resolve) => (give = resolve)));
      await reveal(element, 'phone');
      expect(textOf(element, `${row('phone')} .primary`)).to.equal('正在查看');
      end(element);
      await settled(element);
      give({ value: CLEAR.phone! });
      await settled(element);
      expect(wholeDom(element), what).not.to.match(ANY_CLEAR);
      Reflect.deleteProperty(document, 'visibilityState');
    }
  });

  it('needs a reason: one of the list, or two characters of one’s own', async () => {
    const { element, asked } = await aCard();
    await press(element, `${row('phone')} .reveal`);
    expect(textOf(element, `${row('phone')} form`)).to.contain('这次查看会连同原因记录在案');
    await press(element, `${row('phone')} .primary`);
    expect(one<HTMLSelectElement>(element, 'select').matches(':invalid')).to.equal(true);
    await choose(element, 'OTHER');
    const input = one<HTMLInputElement>(element, 'input');
    expect(input.maxLength).to.equal(200);
    for (const text of ['', ' ', ' x  ']) {
      input.value = text;
      input.dispatchEvent(new Event('input'));
      await press(element, `${row('phone')} .primary`);
      expect(input.matches(':invalid'), JSON.stringify(text)).to.equal(true);
    }
    expect(asked).to.deep.equal([]);
    input.value = ' 核对回访录音 ';
    input.dispatchEvent(new Event('input'));
    await press(element, `${row('phone')} .primary`);
    expect(asked).to.deep.equal([['C1', 'phone', '核对回访录音']]);
    expect(textOf(element)).to.contain('13800005678');
  });

  it('is asked for by keyboard, and the focus goes where the next thing is', async () => {
    const { element } = await aCard();
    const button = `${row('phone')} .reveal`;
    one(element, button).focus();
    await press(element, button);
    expect(hasFocus(one(element, 'select'))).to.equal(true);
    one(element, 'select').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }),
    );
    await settled(element);
    expect(all(element, 'form')).to.have.length(0);
    expect(hasFocus(one(element, button))).to.equal(true);
    await reveal(element, 'phone');
    expect(hasFocus(one(element, '.clear'))).to.equal(true);
    passTime();
    await settled(element);
    expect(hasFocus(one(element, button))).to.equal(true);
  });

  it('leaves alone who has gone on to something else when it is hidden', async () => {
    const { element } = await aCard();
    await reveal(element, 'phone');
    one(element, `${row('name')} .reveal`).focus();
    passTime();
    await settled(element);
    expect(hasFocus(one(element, `${row('name')} .reveal`))).to.equal(true);
  });

  for (const [fault, said] of [
    ['forbidden', '没有权限'],
    ['offline', '没有网络'],
    ['signedOut', '重新登录'],
    ['failed', '暂时没有取到'],
  ] as const) {
    it(`says why it can’t be shown, and can be tried again: ${fault}`, async () => {
      let answer: Revealed = { fault };
      const { element } = await aCard(() => Promise.resolve(answer));
      await reveal(element, 'phone');
      expect(textOf(element, '[role=alert]')).to.contain(said);
      expect(textOf(element, row('phone'))).to.contain('138****5678');
      answer = { value: CLEAR.phone! };
      await press(element, `${row('phone')} .primary`);
      expect(textOf(element)).to.contain('13800005678');
    });
  }

  it('says that the bank has none', async () => {
    const { element } = await aCard(() => Promise.resolve({ value: null }));
    await reveal(element, 'phone');
    expect(textOf(element, `${row('phone')} .clear`)).to.equal('没有记录');
  });

  it('needs the network, and its button says so', async () => {
    const { element, source } = await aCard();
    source.setStatus({ offline: true });
    await settled(element);
    const button = one<HTMLButtonElement>(element, `${row('phone')} .reveal`);
    expect(button.disabled).to.equal(true);
    expect(button.textContent).to.contain('联网后可查看');
    expect(root(element).textContent).to.contain('离线数据');
  });

  it('isn’t announced second by second: its time stands in no live region', async () => {
    const { element } = await aCard();
    await reveal(element, 'phone');
    const live = all(element, '[role=alert], [role=status], [aria-live]');
    expect(live.map((region) => region.textContent.trim()).join('')).to.equal('');
  });
});
