/* global window, performance, indexedDB, location, atob, TextDecoder, TextDecoderStream */
import Dexie from 'dexie';
import { Store } from '@liyu/store';
import PouchDB from 'pouchdb-browser';

const now = () => performance.timeOrigin + performance.now();
let number = 0;

/** Milliseconds until all records are on the device, from nothing. */
const loads = {
  async liyu(token, count) {
    const began = now();
    const store = await open(token, `load-${number++}`);
    await seen(store, 'careEvents', ({ docs, complete }) => complete && docs.length === count);
    const took = now() - began;
    await store.logout({ discard: true });
    return took;
  },
  async ndjson(_, count) {
    const began = now();
    const db = new Dexie(`ndjson-${number++}`);
    db.version(1).stores({ records: 'id, [customer+on]' });
    const response = await fetch('/ndjson');
    let rest = '';
    let total = 0;
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    const put = async (lines) => {
      if (lines.length === 0) return;
      total += lines.length;
      await db.records.bulkPut(lines.map((line) => JSON.parse(line)));
    };
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop();
      await put(lines);
    }
    await put(rest === '' ? [] : [rest]);
    const took = now() - began;
    if (total !== count) throw new Error(`${total} records`);
    await db.delete();
    return took;
  },
  async pouch(_, count) {
    const began = now();
    const db = new PouchDB(`pouch-${number++}`);
    await db.replicate.from(new URL('/couch/records', location.href).href, {
      batch_size: 1_000,
      batches_limit: 10,
    });
    const took = now() - began;
    const { doc_count: found } = await db.info();
    if (found !== count) throw new Error(`${found} records`);
    await db.destroy();
    return took;
  },
};

function open(token, subject) {
  return Store.open({
    endpoint: '/liyu',
    subject,
    getToken: () => Promise.resolve(token),
    offlineHours: 12,
  });
}

function seen(store, name, is) {
  return new Promise((resolve) => {
    const subscription = store.watch(name).subscribe((stored) => {
      if (stored === null || !is(stored)) return;
      resolve(stored);
      setTimeout(() => subscription.unsubscribe());
    });
  });
}

/** A device that writes when the customer wants to be called, and sees when another one did. */
const devices = {
  async liyu(token, subject) {
    const store = await open(token, subject);
    const { docs } = await seen(store, 'customers', ({ docs }) => docs.length > 0);
    let [doc] = docs;
    let wake = () => undefined;
    store.watch('customers').subscribe((stored) => {
      if (stored === null || stored.docs.length === 0) return;
      [doc] = stored.docs;
      wake();
    });
    return {
      async write(contactTime) {
        const began = now();
        await store.write('customers', withTime(doc, contactTime));
        return began;
      },
      async until(contactTime) {
        while (timeOf(doc) !== contactTime) await new Promise((resolve) => (wake = resolve));
        return now();
      },
      async settled() {
        while (doc.pending === true) await new Promise((resolve) => (wake = resolve));
      },
    };
  },
  /** The same requests and one write of IndexedDB, by hand. */
  async bare(token, subject) {
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(`bare-${subject}`);
      opening.onupgradeneeded = () => opening.result.createObjectStore('docs', { keyPath: 'id' });
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const put = (record) =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction('docs', 'readwrite');
        transaction.objectStore('docs').put(record);
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const { customer } = JSON.parse(atob(token.split('.')[1]));
    const target = { coll: 'customers', scope: `c:${customer}`, sv: 0 };
    const post = async (path, body) => {
      const options = { method: 'POST', headers, body: JSON.stringify({ ...target, ...body }) };
      return (await fetch(`/liyu/sync/v1/${path}`, options)).json();
    };
    let doc = null;
    let cp = null;
    let wake = () => undefined;
    const pull = async () => {
      const page = await post('pull', { cp, limit: 100 });
      cp = page.checkpoint;
      for (const record of page.documents) await put((doc = record));
      wake();
    };
    const stream = await fetch('/liyu/sync/v1/events', { headers });
    void (async () => {
      const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        if (value.includes('"customers"')) await pull();
      }
    })();
    await pull();
    return {
      async write(contactTime) {
        const began = now();
        const before = doc;
        await put((doc = withTime(before, contactTime)));
        void post('push', { rows: [{ newDocumentState: doc, assumedMasterState: before }] });
        return began;
      },
      async until(contactTime) {
        while (timeOf(doc) !== contactTime) await new Promise((resolve) => (wake = resolve));
        return now();
      },
      settled: () => Promise.resolve(),
    };
  },
};

const timeOf = (doc) => doc.preferences.contactTime;
const withTime = (doc, contactTime) => ({
  ...doc,
  preferences: { ...doc.preferences, contactTime },
});

Object.assign(window, {
  load: (kind, token, count) => loads[kind](token, count),
  openDevice: async (kind, token, subject) => {
    window.device = await devices[kind](token, subject);
  },
});
