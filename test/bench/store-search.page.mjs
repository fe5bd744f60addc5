/* global btoa, window, performance, MessageChannel, queueMicrotask */
import { Store } from '@liyu/store';

const TOKEN = `x.${btoa(
  JSON.stringify({
    role: 'staff',
    manager: 'M1',
    duties: ['client-manager'],
    exp: Math.floor(Date.now() / 1000) + 3_600,
  }),
)}.x`;

/** Runs something; `block` is the longest time in ms in which the page could do nothing else. */
async function timed(what, run) {
  let longest = 0;
  let last = performance.now();
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    channel.port2.postMessage(null);
  };
  channel.port2.postMessage(null);
  const began = performance.now();
  await run();
  const took = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 50));
  channel.port1.close();
  return { what, block: Math.round(longest), took: Math.round(took) };
}

function found(store, options, is) {
  return new Promise((resolve) => {
    const subscription = store.find('customers', options).subscribe((page) => {
      if (page === null || !is(page)) return;
      resolve(page);
      queueMicrotask(() => subscription.unsubscribe());
    });
  });
}

async function measure(visit, count) {
  const store = await Store.open({
    endpoint: '/liyu',
    subject: 'desk',
    getToken: () => Promise.resolve(TOKEN),
    offlineHours: 12,
  });
  const rows = [];
  const what = visit === 'first' ? `pull ${count} and show` : `open with ${count} and show`;
  const all = () => found(store, {}, (page) => page.complete && page.total === count);
  rows.push(await timed(what, all));
  if (visit === 'first') {
    await store.close();
    return rows;
  }
  const any = () => true;
  for (const search of ['1', '13', '138', '0042', '赵', '赵 明', 'vip']) {
    rows.push(await timed(`search ${search}`, () => found(store, { search }, any)));
  }
  for (const by of ['name', 'name', 'branch', 'since']) {
    rows.push(await timed(`sort by ${by}`, () => found(store, { sort: { by } }, any)));
  }
  for (const offset of [50, 5_000, 9_900]) {
    const page = { sort: { by: 'name' }, offset, limit: 100 };
    rows.push(await timed(`page at ${offset}`, () => found(store, page, any)));
  }
  await store.logout({ discard: true });
  return rows;
}

Object.assign(window, { measure });
