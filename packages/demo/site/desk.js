// The desk's own script: asks the kit for the customers of whoever is signed in, and tells the card
// which one was chosen.

const input = document.querySelector('#find');
const list = document.querySelector('[data-list]');
const count = document.querySelector('[data-count]');
const card = document.querySelector('liyu-customer-card');
const locale = document.documentElement.lang;

let source = null;
let stop = null;
let waiting = 0;

function ask() {
  const request = new window.Event('liyu-source-request', { bubbles: true, composed: true });
  request.provide = (given) => {
    if (given === source) return;
    source = given;
    find();
  };
  list.dispatchEvent(request);
}

function find() {
  stop?.();
  stop = source?.staff?.findCustomers(input.value, show) ?? null;
}

function show(found) {
  if (found === null) return;
  const { docs, total, complete } = found;
  const { nobody, more, found: all } = count.dataset;
  if (total > 0) count.textContent = (total > docs.length ? more : all).replace('{n}', total);
  else if (complete) count.textContent = nobody;
  list.replaceChildren(...docs.map(row));
}

function row({ id, name, tier, branch }) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.customer = id;
  button.append(part(name ?? count.dataset.unnamed), part(tier?.label[locale] ?? ''));
  button.append(part(`${id} ${branch?.name[locale] ?? ''}`));
  button.addEventListener('click', () => choose(id));
  item.append(button);
  if (card.getAttribute('customer') === id) button.setAttribute('aria-current', 'true');
  return item;
}

function part(text) {
  const span = document.createElement('span');
  span.textContent = text;
  return span;
}

function choose(id) {
  card.setAttribute('customer', id);
  for (const button of list.querySelectorAll('button')) {
    if (button.dataset.customer === id) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
  // On a phone the card stands below the list.
  if (window.matchMedia('(max-width: 900px)').matches) card.scrollIntoView({ block: 'start' });
}

document.querySelector('[data-find]').addEventListener('submit', (event) => {
  event.preventDefault();
  find();
});
input.addEventListener('input', () => {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(find, 200);
});
document.addEventListener('liyu-source-ready', ask);
ask();

document.querySelector('[data-sign-out]').addEventListener('click', async (event) => {
  event.preventDefault();
  const link = event.currentTarget;
  const kit = document.querySelector('liyu-kit');
  const unsent = (await kit.pendingCount?.()) ?? 0;
  if (unsent > 0 && !window.confirm(link.dataset.unsent.replace('{n}', unsent))) return;
  stop?.();
  await kit.logout?.({ discard: true });
  location.assign(link.href);
});
