// The bank's own script: keeps the page readable without a network and cleans up at a sign-out.

if ('serviceWorker' in navigator) {
  // Under require-trusted-types-for even the address of a worker needs a policy.
  const policy = window.trustedTypes?.createPolicy('portal', {
    createScriptURL: (url) => {
      if (url !== '/sw.js') throw new TypeError('only the worker of the portal');
      return url;
    },
  });
  navigator.serviceWorker.register(policy ? policy.createScriptURL('/sw.js') : '/sw.js');
}

document.querySelector('[data-sign-out]')?.addEventListener('click', async (event) => {
  event.preventDefault();
  const link = event.currentTarget;
  const kit = document.querySelector('liyu-kit');
  const unsent = (await kit?.pendingCount?.()) ?? 0;
  if (unsent > 0 && !window.confirm(link.dataset.unsent.replace('{n}', unsent))) return;
  await kit?.logout?.({ discard: true });
  const names = (await window.caches?.keys()) ?? [];
  await Promise.all(names.map((name) => caches.delete(name)));
  location.assign(link.href);
});
