// The portal's own service worker: a reload works without a network. It never touches data: requests
// of the sync endpoint and of the session go to the network as they are.

const CACHE = 'portal-1';
const SHELL = ['/portal.css', '/portal.js', '/favicon.svg', '/liyu/integrity.json'];

self.addEventListener('install', (event) => {
  event.waitUntil(fillCache().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldCaches().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (pathname.startsWith('/liyu/sync/') || pathname.startsWith('/session')) return;
  if (pathname === '/sign-out' || pathname.startsWith('/desk')) return;
  event.respondWith(networkFirst(request));
});

/** Fetches what a page needs; integrity.json lists every file of the kit, also the lazy ones. */
async function fillCache() {
  const cache = await caches.open(CACHE);
  const list = await fetch('/liyu/integrity.json', { cache: 'no-cache' });
  const kit = Object.keys(await list.json()).map((file) => `/liyu/${file}`);
  const pages = (await self.clients.matchAll({ includeUncontrolled: true }))
    .map(({ url }) => new URL(url))
    .filter(({ pathname }) => pathname === '/' || pathname === '/bare')
    .map(({ pathname, search }) => pathname + search);
  await cache.addAll([...new Set([...SHELL, ...kit, ...pages])]);
}

async function dropOldCaches() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
}

async function networkFirst(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const stored = await cache.match(request);
    if (stored) return stored;
    throw error;
  }
}
