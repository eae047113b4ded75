// The palette: Ctrl+K finds and goes; single keys lead to places, and can be switched off.
import { areSingleKeysOn, keepSingleKeys, onKey } from './keys.js';

const field = /** @type {HTMLInputElement | null} */ (document.querySelector('form.search input[name=q]'));
const given = JSON.parse(field?.form?.dataset.palette ?? '{}');
const WAIT_MS = 120;

/** @typedef {{ code: string, text: string, about: string, href: string }} Found */

/** What dialogs are made of; fetched when the first one opens. */
const parts = () => import('./element.js');

async function openPalette() {
  const { dialog, element } = await parts();
  if (document.querySelector('dialog[open]')) return;
  const list = element('div', { role: 'listbox', id: 'palette-list', 'aria-label': given.heading });
  const input = element('input', {
    type: 'search', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'palette-list',
    'aria-autocomplete': 'list', 'aria-label': given.heading, placeholder: given.hint, maxlength: '100',
  });
  const said = element('p', { class: 'quiet', role: 'status' });
  dialog(given.heading, 'palette', input, list, said);
  /** @type {AbortController | undefined} */
  let asking;
  let waiting = 0;
  let at = 0;

  const choose = (/** @type {number} */ to) => {
    at = Math.max(0, Math.min(to, list.children.length - 1));
    [...list.children].forEach((option, place) => option.setAttribute('aria-selected', `${place === at}`));
    const option = list.children[at];
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };
  const show = (/** @type {{ heading: string, found: Found[] }[]} */ groups) => {
    const options = groups.flatMap((group) => group.found.filter((one) => one.href).map((one) => {
      const about = [one.code, one.about || group.heading].filter((text) => text).join(' · ');
      const option = element('div', { role: 'option' }, element('b', {}, one.text), element('small', {}, about));
      option.dataset.href = one.href;
      return option;
    }));
    options.forEach((option, place) => { option.id = `palette-${place}`; });
    list.replaceChildren(...options);
    said.textContent = options.length === 0 && input.value.trim() ? given.none : '';
    choose(0);
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    if (!input.value.trim()) return show([]);
    const address = `/search?q=${encodeURIComponent(input.value)}`;
    try {
      const answer = await fetch(address, { headers: { accept: 'application/json' }, signal: asking.signal });
      if (answer.ok) show((await answer.json()).groups);
    } catch {
      // A newer question has taken its place, or the network is gone: what is shown stays.
    }
  };
  const go = (/** @type {Element | null | undefined} */ option) => {
    const href = option instanceof HTMLElement ? option.dataset.href : undefined;
    if (href) location.assign(href);
  };
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(ask, WAIT_MS);
  });
  input.addEventListener('keydown', (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      choose(at + steps[/** @type {keyof typeof steps} */ (event.key)]);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (list.children.length > 0) go(list.children[at]);
      else if (input.value.trim()) location.assign(`/search?q=${encodeURIComponent(input.value)}`);
    }
  });
  list.addEventListener('click', (event) => {
    if (event.target instanceof Element) go(event.target.closest('[role=option]'));
  });
  input.focus();
}

/** The keys of this page: of its lists, and of its controls that have one. */
function ownKeys() {
  const lists = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-keys]'));
  const controls = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-key]'));
  const ofControl = (/** @type {HTMLElement} */ control) =>
    `${control.getAttribute('aria-keyshortcuts')}: ${control.firstChild?.textContent}`;
  return [...[...lists].map((list) => list.dataset.keys ?? ''), ...[...controls].map(ofControl)];
}

async function openKeys() {
  const { closing, dialog, element } = await parts();
  if (document.querySelector('dialog[open]')) return;
  const keys = element('ul', { class: 'history' }, ...[...ownKeys(), ...given.keys].map(
    (/** @type {string} */ text) => element('li', {}, text),
  ));
  const box = element('input', { type: 'checkbox' });
  box.checked = areSingleKeysOn();
  box.addEventListener('change', () => {
    if (!keepSingleKeys(box.checked ? 'on' : 'off')) box.checked = true;
  });
  const close = element('form', { method: 'dialog' }, closing(element('button', {}, given.close)));
  dialog(given.keysHeading, 'palette', keys, element('label', {}, box, given.single), close);
}

addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'k') return;
  event.preventDefault();
  void openPalette();
});
onKey('/', () => field?.focus());
onKey('?', () => void openKeys());
for (const [letter, href] of Object.entries(given.go ?? {})) onKey(`g ${letter}`, () => location.assign(href));

const keys = document.createElement('button');
keys.type = 'button';
keys.className = 'keys onscreen';
keys.textContent = given.keysHeading ?? '';
keys.addEventListener('click', () => void openKeys());
if (field) document.querySelector('footer.end p')?.append(' ', keys);
