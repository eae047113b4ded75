// The palette: Ctrl+K finds and goes; single keys lead to places, and can be switched off.

const field = /** @type {HTMLInputElement | null} */ (document.querySelector('form.search input[name=q]'));
const given = JSON.parse(field?.form?.dataset.palette ?? '{}');
const SINGLE = 'dotpha-single-keys';
const WAIT_MS = 120;

/** @typedef {{ code: string, text: string, about: string, href: string }} Found */

/** Whether single keys do something; without storage they do. */
function areSingleKeysOn() {
  try {
    return localStorage.getItem(SINGLE) !== 'off';
  } catch {
    return true;
  }
}

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

async function openKeys() {
  const { closing, dialog, element } = await parts();
  if (document.querySelector('dialog[open]')) return;
  const keys = element('ul', { class: 'history' }, ...given.keys.map(
    (/** @type {string} */ text) => element('li', {}, text),
  ));
  const box = element('input', { type: 'checkbox' });
  box.checked = areSingleKeysOn();
  box.addEventListener('change', () => {
    try {
      localStorage.setItem(SINGLE, box.checked ? 'on' : 'off');
    } catch {
      box.checked = true;
    }
  });
  const close = element('form', { method: 'dialog' }, closing(element('button', {}, given.close)));
  dialog(given.keysHeading, 'palette', keys, element('label', {}, box, given.single), close);
}

/** Whether somebody is writing. @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'));
}

let went = 0;

addEventListener('keydown', (event) => {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key === 'k') {
    event.preventDefault();
    void openPalette();
    return;
  }
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
  if (!isPlain || isWriting(event.target) || !areSingleKeysOn() || document.querySelector('dialog[open]')) return;
  if (key === '/') {
    event.preventDefault();
    field?.focus();
  } else if (key === '?') {
    event.preventDefault();
    void openKeys();
  } else if (key === 'g') {
    went = event.timeStamp;
  } else if (event.timeStamp - went < 1500 && given.go?.[key]) {
    location.assign(given.go[key]);
  }
});

const keys = document.createElement('button');
keys.type = 'button';
keys.className = 'keys onscreen';
keys.textContent = given.keysHeading ?? '';
keys.addEventListener('click', () => void openKeys());
if (field) document.querySelector('footer.end p')?.append(' ', keys);
