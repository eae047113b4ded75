// The entry page: what is to be sent, what waits, what came back; it works without a network.
import { beginAtTop, element, mark, once, say, show, when } from './elements.js';
import { choose, fill, overlook } from './form.js';
import { exported, qrCodes } from './export.js';
import { TYPED, raise } from './difficulty.js';
import { tidy } from './photos.js';
import { all, change, currentAccount, find, keep, open, rememberAccount, remove, wipe } from './storage.js';
import { caughtUp, changes, drain, dueText, fetchForms, isUnsent, occasionKey, parcels, refresh } from './outbox.js';

/** @typedef {import('./storage.js').Storage} Storage */
/** @typedef {import('./outbox.js').Form} Form */
/** @typedef {import('./outbox.js').Forms} Forms */
/** @typedef {import('./outbox.js').Parcel} Parcel */

/** @type {Storage} */
let storage;
/** @type {import('./outbox.js').Outcome} */
let network = navigator.onLine ? 'done' : 'offline';

/** @param {string} hash */
function go(hash) {
  if (location.hash === hash) render();
  else location.hash = hash;
}

/** @returns {Promise<{ forms: Forms, fetched_ms: number } | undefined>} */
const carried = () => find(storage, 'forms/all');

/** Sends what waits and fetches what is new. */
async function sync() {
  network = await drain(storage);
  if (network === 'done') network = await refresh(storage);
  if (network === 'somebody-else') {
    await enter();
    return;
  }
  if (network === 'offline') await askForLater();
  await renderBetween();
}

/** One page after the other: a list that takes long must not be drawn over the form opened since. */
let drawn = Promise.resolve();

/** Draws the page that the address names. */
function render() {
  drawn = drawn.catch(() => undefined).then(draw);
  return drawn;
}

/** Draws the page anew, unless somebody is filling or choosing: not under the fingers. */
function renderBetween() {
  drawn = drawn.catch(() => undefined).then(() => (/^#\/(form|conflict|difficulty)/.test(location.hash) ? undefined : draw()));
  return drawn;
}

/** Asks the browser to wake the worker when there is a network, where it can. */
async function askForLater() {
  const registration = await navigator.serviceWorker?.getRegistration('/entry/');
  const { sync: background } = /** @type {any} */ (registration ?? {});
  await background?.register('dotpha-outbox').catch(() => undefined);
}

/** What stands above every page: whether there is a network, and who has to sign in. */
function banner() {
  if (network === 'offline') return element('p', { class: 'banner', role: 'status' }, say('entry-offline'));
  if (network === 'signed-out') {
    return element('p', { class: 'banner', role: 'status' }, `${say('api-sign-in')} `, element('a', { href: '/sign-in?next=%2Fentry%2F' }, say('nav-sign-in')));
  }
  return null;
}

/** @param {Parcel} parcel */
function markOf(parcel) {
  /** @type {Record<string, string>} */
  const kinds = { waiting: 'sending', conflict: 'conflict', refused: 'refused' };
  return mark(kinds[parcel.standing], say(`entry-mark-${kinds[parcel.standing]}`));
}

/**
 * @param {string} heading
 * @param {HTMLElement[]} lines
 */
const section = (heading, lines) => lines.length > 0 && element('section', {}, element('h2', {}, heading), element('ul', { class: 'tasks' }, ...lines));

/**
 * @param {string} href
 * @param {string} name
 * @param {string} about
 * @param {string} small
 * @param {HTMLElement} standing
 */
const task = (href, name, about, small, standing) =>
  element('li', {}, element('a', { href }, element('b', {}, name), element('span', {}, about), element('small', {}, small), standing));

/**
 * How much there is to do, as the list of work says it.
 * @param {number} owed
 * @param {number} returned
 */
function finding(owed, returned) {
  const said = Object.entries({ owed, returned }).filter(([, count]) => count > 0).map(([kind, count]) => say(`work-count-${kind}`, { count }));
  return said.join(', ') || say('work-count-none');
}

async function home() {
  const kept = await carried();
  const [waiting, drafts, receipts] = [await parcels(storage), await all(storage, 'draft'), await all(storage, 'receipt')];
  const begun = new Set(drafts.map((draft) => draft.key));
  const sending = new Set(waiting.map(occasionKey));
  const forms = (kept?.forms.forms ?? []).filter((form) => !sending.has(occasionKey(form)));
  const line = (/** @type {Form} */ form) => {
    const saved = begun.has(occasionKey(form));
    return task(`#/form/${occasionKey(form)}`, form.name, `${form.unit_name} · ${form.period_name}`, dueText(form),
      form.locked && isUnsent(form) ? mark('locked', say('lock-mark-locked'))
        : saved ? mark('saved', say('entry-mark-saved')) : mark(form.state, form.state_text || say('entry-sent')));
  };
  const queue = waiting.map((parcel) => {
    const [name, ...about] = parcel.title.split(' · ');
    const small = parcel.errors?.map((error) => error.detail).join(' ') ?? when(parcel.finished_ms);
    return task(parcel.standing === 'conflict' ? `#/conflict/${parcel.id}` : `#/sent/${parcel.id}`, name, about.join(' · '), small, markOf(parcel));
  });
  const [owed, running] = [true, false].map((isOwed) => forms.filter((form) => form.state === 'draft' && (form.is_owed ?? true) === isOwed));
  const leftOut = kept?.forms.left_out ?? [];
  const behind = leftOut.reduce((sum, { count }) => sum + count, 0);
  const returned = forms.filter((form) => form.state === 'returned');
  const sent = forms.filter((form) => !isUnsent(form));
  const newest = receipts.sort((a, b) => b.received_ms - a.received_ms).slice(0, 10);
  show(
    element('p', { class: 'eyebrow' }, kept?.forms.account.name ?? ''),
    element('h1', {}, waiting.length > 0 ? say('entry-finding-waiting', { count: waiting.length }) : finding(owed.length + behind, returned.length)),
    banner(),
    section(say('entry-queue'), queue),
    waiting.length + drafts.length > 0 && element('p', { class: 'deeds' }, element('a', { class: 'button', href: '#/export' }, say('entry-export'))),
    (kept?.forms.raises ?? []).length > 0 && element('p', { class: 'deeds' }, element('a', { class: 'button', href: '#/difficulty' }, say('difficulty-act-raise'))),
    section(say('work-returned'), returned.map(line)),
    section(say('work-owed'), owed.map(line)),
    behind > 0 && element('div', { class: 'quiet' }, element('p', {}, say('entry-left-out', { count: behind })),
      element('ul', {}, ...leftOut.map(({ text }) => element('li', {}, text)))),
    section(say('entry-running'), running.map(line)),
    section(say('entry-sent'), sent.map(line)),
    section(say('entry-receipts'), newest.map((receipt) => {
      const [name, ...about] = receipt.title.split(' · ');
      return task(`#/sent/${receipt.id}`, name, about.join(' · '), when(receipt.received_ms), mark('received', say('entry-mark-received', { number: receipt.number })));
    })),
    element('p', { class: 'quiet synced' }, kept === undefined ? '' : say('entry-synced', { moment: when(kept.fetched_ms) }), ' ',
      element('a', { href: '#/leaving' }, say('sign-out-button'))),
    /** @type {any} */ (navigator).standalone === false && element('p', { class: 'quiet' }, say('entry-home-screen')),
  );
}

/** @param {string} id */
async function sent(id) {
  const parcel = /** @type {Parcel | undefined} */ (await find(storage, `parcel/${id}`));
  const receipt = await find(storage, `receipt/${id}`);
  const [name, ...about] = `${(parcel ?? receipt)?.title ?? ''}`.split(' · ');
  const heading = [element('p', { class: 'eyebrow' }, about.join(' · ')), element('h1', {}, name)];
  const back = element('p', { class: 'back' }, element('a', { href: '#/' }, say('entry-back')));
  if (receipt !== undefined) {
    const text = `${receipt.title}\n${say('receipt-number')} ${receipt.number} · ${when(receipt.received_ms)}`;
    show(...heading, element('div', { class: 'received', role: 'status' },
      element('p', {}, mark('received', say('entry-mark-received', { number: receipt.number }))),
      element('p', {}, receipt.content !== 'figures' ? say(`entry-received-${receipt.content}`, { moment: when(receipt.received_ms) })
        : say('entry-received', { count: receipt.figures, moment: when(receipt.received_ms) }))),
    element('p', { class: 'deeds' },
      element('a', { class: 'button', href: receipt.href ?? `/submissions/${receipt.id}` }, say('entry-see-sent')),
      'share' in navigator && element('button', { onclick: () => navigator.share({ text }).catch(() => undefined) }, say('entry-share'))), back);
    return;
  }
  if (parcel === undefined) return home();
  const mend = async () => {
    if (parcel.raised) await keep(storage, TYPED, parcel.raised);
    await remove(storage, `parcel/${id}`);
    go(parcel.raised ? '#/difficulty' : `#/form/${occasionKey(parcel)}`);
  };
  const again = async () => {
    await change(storage, `parcel/${id}`, (it) => ({ ...it, standing: 'waiting', errors: undefined }));
    await sync();
  };
  const errors = parcel.errors ?? [];
  show(...heading, banner(), element('p', { class: 'standing-line', role: 'status' }, markOf(parcel)),
    parcel.standing === 'waiting' && element('p', {}, say('entry-sending-hint')),
    parcel.standing === 'refused' && element('p', {}, say('entry-refused-hint')),
    errors.length > 0 && element('div', { class: 'problems' }, element('ul', {}, ...errors.map((error) =>
      element('li', {}, error.field === '' ? error.detail : `${error.field}: ${error.detail}`)))),
    element('p', { class: 'deeds' },
      parcel.standing === 'conflict' && element('a', { class: 'button', href: `#/conflict/${id}` }, say('entry-compare')),
      parcel.standing === 'refused' && element('button', { onclick: once(again) }, say('entry-send-again')),
      parcel.standing !== 'conflict' && element('button', { onclick: mend }, say('entry-take-back')),
      element('a', { class: 'button', href: '#/export' }, say('entry-export'))), back);
}

/** @param {string} id */
async function conflict(id) {
  const parcel = /** @type {Parcel | undefined} */ (await find(storage, `parcel/${id}`));
  if (parcel?.current === undefined) return home();
  await choose(storage, parcel, parcel.current, go);
}

/** A copy of what was not sent, for an officer: as a file, and as codes to be scanned. */
async function copies() {
  const kept = await carried();
  const waiting = await Promise.all((await parcels(storage)).map((parcel) => caughtUp(storage, occasionKey(parcel), parcel)));
  const [filled, told] = [waiting.filter(({ raised }) => !raised), waiting.filter(({ raised }) => raised)];
  const text = await exported(storage, filled, await all(storage, 'draft'));
  const file = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  show(
    element('h1', {}, say('entry-export')), element('p', { class: 'lede' }, say('entry-export-hint')),
    element('p', { class: 'deeds' }, element('a', { class: 'button main', download: 'dotpha-chua-gui.json', href: file }, say('entry-export-file'))),
    ...filled.map((parcel) => element('section', {}, element('h2', {}, parcel.title), ...qrCodes(kept?.forms.account.id ?? 0, parcel))),
    told.length > 0 && element('p', {}, say('entry-difficulty-tell')),
    ...told.map(({ title, raised }) => element('section', {}, element('h2', {}, title), element('p', {}, raised?.detail ?? ''))),
    element('p', { class: 'back' }, element('a', { href: '#/' }, say('entry-back'))),
  );
}

/** Signing out: nothing that was not sent is lost without being asked for. */
async function leaving() {
  const unsent = (await parcels(storage)).length + (await all(storage, 'draft')).length + (await all(storage, 'raising')).length;
  const leave = async () => {
    button.textContent = say('entry-leaving-underway');
    sure.setAttribute('disabled', '');
    storage.database.close();
    await wipe(storage.account);
    await (await navigator.serviceWorker?.getRegistration('/entry/'))?.unregister();
    /** @type {HTMLFormElement} */ (document.querySelector('#sign-out')).submit();
  };
  const sure = element('input', { type: 'checkbox', id: 'sure', onchange: () => button.toggleAttribute('disabled') });
  const button = element('button', { 'aria-live': 'polite', disabled: unsent > 0, onclick: once(leave) }, say('entry-leave'));
  show(
    element('h1', {}, unsent === 0 ? say('sign-out-button') : say('entry-leaving', { count: unsent })),
    element('p', { class: 'lede' }, say('entry-leaving-hint')),
    unsent > 0 && element('p', { class: 'deeds' }, element('a', { class: 'button main', href: '#/export' }, say('entry-export'))),
    unsent > 0 && element('p', { class: 'sure' }, element('label', { for: 'sure' }, sure, ` ${say('entry-leave-sure')}`)),
    element('p', { class: 'deeds' }, button, element('a', { class: 'button', href: '#/' }, say('entry-stay'))),
  );
}

async function draw() {
  const [, place = '', ...rest] = location.hash.split('/');
  const name = decodeURIComponent(rest.join('/'));
  const kept = (await carried())?.forms;
  const [forms, raises] = [kept?.forms ?? [], kept?.raises ?? []];
  const form = forms.find((one) => occasionKey(one) === name);
  const underway = (await parcels(storage)).find((parcel) => occasionKey(parcel) === name && parcel.standing === 'waiting');
  if (place === 'form' && form !== undefined) await fill(storage, form, underway, go);
  else if (place === 'check' && form !== undefined) await overlook(storage, form, go);
  else if (place === 'difficulty' && raises.length > 0) await raise(storage, raises, go);
  else if (place === 'sent') await sent(name);
  else if (place === 'conflict') await conflict(name);
  else if (place === 'export') await copies();
  else if (place === 'leaving') await leaving();
  else await home();
}

/** Opens what whoever is signed in keeps here. */
async function enter() {
  const { outcome, forms, secret, tag } = await fetchForms();
  if (outcome !== 'done' || forms === undefined) {
    network = outcome;
    show(element('h1', {}, say('entry-empty')), banner());
    return;
  }
  await rememberAccount(forms.account.id);
  storage = await open(forms.account.id);
  await keep(storage, 'forms/all', { tag, secret, forms, fetched_ms: Date.now() });
  network = 'done';
  await render();
}

async function start() {
  if (!('serviceWorker' in navigator) || crypto.subtle === undefined) {
    show(element('h1', {}, say('entry-other-browser')), element('p', {}, element('a', { href: '/work' }, say('nav-work'))));
    return;
  }
  // Only this address may become a script, and it is our own.
  const { trustedTypes } = /** @type {any} */ (window);
  const policy = trustedTypes?.createPolicy('dotpha', { createScriptURL: () => '/entry/service-worker.js' });
  navigator.serviceWorker.register(policy?.createScriptURL('') ?? '/entry/service-worker.js', { scope: '/entry/' }).catch(() => undefined);
  // A form's own address, opened without a network.
  const [, form, unit, period] = /^\/entry\/forms\/([^/]+)\/units\/(\d+)\/periods\/(.+)$/.exec(location.pathname) ?? [];
  if (form !== undefined) history.replaceState(null, '', `/entry/#/form/${form}/${unit}/${period}`);

  const account = await currentAccount();
  if (account === undefined) {
    await enter();
    if (storage === undefined) return;
  } else {
    storage = await open(account);
    await tidy(storage);
    await render();
  }
  addEventListener('hashchange', async () => {
    await render();
    beginAtTop();
    if (location.hash.startsWith('#/sent/')) await sync();
  });
  addEventListener('online', sync);
  addEventListener('offline', () => {
    network = 'offline';
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && sync());
  changes.addEventListener('message', renderBetween);
  await sync();
}

start();
