// The outbox: filled forms on their way. One leaves it only against a receipt; sending again is
// harmless, because the server knows a submission by the id that was made here.
import { all, change, find, keep, remove } from './storage.js';

/** @typedef {import('./storage.js').Storage} Storage */
/** @typedef {import('./rules.js').Field} Field */
/**
 * @typedef {object} Form A form as the server describes it.
 * @property {string} form
 * @property {number} unit
 * @property {string} period
 * @property {string} name
 * @property {string} unit_name
 * @property {string} above_name
 * @property {string} period_name
 * @property {string} due
 * @property {string} due_text
 * @property {boolean} is_owed
 * @property {string} locked why no figures are taken; empty while they are
 * @property {string} state
 * @property {string} state_text
 * @property {{ revision: number, version: number }} base
 * @property {{ id: string, revision: number, received_ms: number, content: string, by: string } | null} sent
 * @property {string[]} returned
 * @property {boolean} may_be_nothing
 * @property {Field[]} fields
 * @property {{ sha256: string, href: string }[]} attachments
 * @property {import('./rules.js').Rule[]} rules
 * @property {string} href
 */
/** @typedef {{ account: { id: number, name: string }, lang: string, today: string, forms: Form[], left_out?: { count: number, text: string }[], raises?: import('./difficulty.js').Raising[] }} Forms */
/** @typedef {{ item: string, class: string, text: string, note: string, reason: string }} Typed */
/**
 * @typedef {object} Photo A photograph beside a form.
 * @property {string} id the record that holds it here; empty when only the server has it
 * @property {string} sha256 its name on the server; empty until it has arrived there
 */
/** @typedef {'waiting' | 'conflict' | 'refused'} Standing */
/**
 * @typedef {object} Parcel A filled form on its way.
 * @property {string} id
 * @property {string} form
 * @property {number} unit
 * @property {string} period
 * @property {'figures' | 'nothing' | 'difficulty'} content
 * @property {Typed[]} fields
 * @property {Photo[]} [photos]
 * @property {string} reason
 * @property {{ revision: number, version: number }} base
 * @property {number} finished_ms
 * @property {Standing} standing
 * @property {string} title what it is, for lists
 * @property {Raised} [raised] the difficulty that it is; its form is `difficulty`, its period its own id
 * @property {Form} [current] what stands on the server instead
 * @property {{ field: string, detail: string }[]} [errors]
 */
/** @typedef {{ unit: number, trouble: string, detail: string, holder: number, due: string }} Raised A difficulty. */
/** @typedef {{ id: string, revision: number, received_ms: number, number: string, position: number, hash: string, receipt: string }} Receipt */
/** @typedef {'done' | 'offline' | 'signed-out' | 'somebody-else'} Outcome */

const SECRET = 'dotpha-form-secret';

/** What changed here, for all pages of this browser. */
export const changes = new BroadcastChannel('dotpha-outbox');

/** @param {{ form: string, unit: number, period: string }} occasion */
export const occasionKey = ({ form, unit, period }) => `${form}/${unit}/${period}`;

/** Whether it is still to be sent, or was returned. @param {Form} form */
export const isUnsent = ({ state }) => state === 'draft' || state === 'returned';

/**
 * When a form is due; nothing for one that was sent and not returned, which is never overdue.
 * @param {Form} form
 */
export const dueText = (form) => (isUnsent(form) ? form.due_text : '');

/** A new id: its beginning is the time, so that ids stand in the order of their making. */
export function newId(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let at = 0; at < 6; at += 1) bytes[at] = Math.floor(now / 2 ** (8 * (5 - at))) % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * Asks the server; nothing when it cannot be reached.
 * @param {string} address
 * @param {RequestInit} init
 * @returns {Promise<Response | null>}
 */
async function ask(address, init) {
  try {
    // A line without an end would hold up everything behind it.
    const response = await fetch(address, { ...init, cache: 'no-store', signal: AbortSignal.timeout(30_000) });
    // A server in trouble, and whatever stands between, count as no network: it is sent again.
    return response.status >= 500 || response.status === 429 ? null : response;
  } catch {
    return null;
  }
}

/**
 * Fetches the forms of whoever is signed in, without keeping them.
 * @param {string} [tag] the version that is known
 * @returns {Promise<{ outcome: Outcome, secret?: string, tag?: string, forms?: Forms }>}
 */
export async function fetchForms(tag) {
  const response = await ask('/api/forms', { headers: tag === undefined ? {} : { 'if-none-match': tag } });
  if (response === null) return { outcome: 'offline' };
  if (response.status === 401 || response.status === 403) return { outcome: 'signed-out' };
  const secret = response.headers.get(SECRET) ?? undefined;
  if (response.status === 304) return { outcome: 'done', secret, tag };
  if (!response.ok) return { outcome: 'offline' };
  return { outcome: 'done', secret, tag: response.headers.get('etag') ?? undefined, forms: await response.json() };
}

/**
 * Brings the kept forms up to date.
 * @param {Storage} storage
 * @returns {Promise<Outcome>}
 */
export async function refresh(storage) {
  const known = await find(storage, 'forms/all');
  const fetched = await fetchForms(known?.tag);
  if (fetched.outcome !== 'done') return fetched.outcome;
  // Somebody else is signed in by now: what is kept here waits for its own person.
  if (fetched.forms !== undefined && fetched.forms.account.id !== storage.account) return 'somebody-else';
  const forms = fetched.forms ?? known.forms;
  await keep(storage, 'forms/all', { tag: fetched.tag, secret: fetched.secret, forms, fetched_ms: Date.now() });
  return 'done';
}

/**
 * @param {Storage} storage
 * @returns {Promise<Parcel[]>} in the order of their making
 */
export const parcels = (storage) => all(storage, 'parcel');

/**
 * A draft or a parcel as it stands by now: where some of it has arrived meanwhile, it corrects that, and
 * the photographs that went along are on the server.
 * @template {{ base: { revision: number, version: number }, photos?: Photo[] }} T
 * @param {Storage} storage
 * @param {string} key
 * @param {T} begun
 * @returns {Promise<T>}
 */
export async function caughtUp(storage, key, begun) {
  const receipts = (await all(storage, 'receipt')).filter((receipt) => receipt.key === key);
  return receipts.sort((a, b) => a.revision - b.revision).reduce((one, { base, photos = [], revision }) => ({
    ...one,
    base: JSON.stringify(base) === JSON.stringify(one.base) ? { revision, version: 0 } : one.base,
    photos: one.photos?.map((/** @type {Photo} */ photo) => {
      const arrived = photos.find((/** @type {Photo} */ other) => photo.id !== '' && photo.id === other.id);
      return arrived === undefined ? photo : { id: '', sha256: arrived.sha256 };
    }),
  }), begun);
}

/**
 * Does something when no other page does the same; where browsers cannot take turns, at once.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
const inTurn = (name, work) => (navigator.locks === undefined ? work() : navigator.locks.request(name, work));

/**
 * Puts a filled form into the outbox, in place of one for the same occasion that waits there.
 * @param {Storage} storage
 * @param {Parcel} parcel
 */
export async function post(storage, parcel) {
  // Of two pages that post at once the later one stays, whatever their clocks say.
  await inTurn('dotpha-post', async () => {
    await keep(storage, `parcel/${parcel.id}`, parcel);
    for (const other of await parcels(storage)) {
      const isOlder = other.id !== parcel.id && occasionKey(other) === occasionKey(parcel);
      if (isOlder) await remove(storage, `parcel/${other.id}`);
    }
  });
  changes.postMessage('posted');
}

/**
 * Sends what waits, in its order.
 * @param {Storage} storage
 * @returns {Promise<Outcome>}
 */
export async function drain(storage) {
  // Where pages and the worker cannot take turns, sending twice does no harm.
  return inTurn('dotpha-outbox', async () => {
    for (const { id } of await parcels(storage)) {
      // What became of the one before may have changed it.
      const parcel = /** @type {Parcel | undefined} */ (await find(storage, `parcel/${id}`));
      if (parcel?.standing !== 'waiting') continue;
      const outcome = await send(storage, await caughtUp(storage, occasionKey(parcel), parcel));
      changes.postMessage(outcome);
      if (outcome !== 'done') return outcome;
    }
    return /** @type {Outcome} */ ('done');
  });
}

/**
 * Sends one parcel, its photographs first, and keeps what came of it. It may be taken back, or another
 * may take its place, at any moment: then it goes no further.
 * @param {Storage} storage
 * @param {Parcel} parcel
 * @returns {Promise<Outcome>}
 */
async function send(storage, parcel) {
  for (const photo of parcel.photos ?? []) {
    if (photo.sha256 !== '') continue;
    const bytes = await find(storage, `photo/${photo.id}`);
    // Without it the server says that it has not arrived.
    if (bytes === undefined) continue;
    const brought = await put(storage, parcel, `attachments/${await sha256(bytes)}`, 'application/octet-stream', bytes);
    if (typeof brought === 'string') return brought;
    if (!brought.ok) return mend(storage, parcel, brought);
    photo.sha256 = (await brought.json()).sha256;
    await change(storage, `parcel/${parcel.id}`, (it) => ({ ...it, photos: parcel.photos }));
  }
  const { id, form, unit, period, content, fields, photos = [], reason, base, finished_ms, raised } = parcel;
  const [clock, attachments] = [{ finished_ms, sent_ms: Date.now() }, photos.map((photo) => photo.sha256)];
  const filled = { form, unit, period, content, fields, attachments, reason, base, clock };
  const place = raised === undefined ? 'submissions' : 'difficulties';
  const response = await put(storage, parcel, `${place}/${id}`, 'application/json', JSON.stringify(raised ?? filled));
  if (typeof response === 'string') return response;
  if (!response.ok) return mend(storage, parcel, response);
  await received(storage, parcel, await response.json());
  return 'done';
}

/** @param {BufferSource} bytes */
async function sha256(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Keeps why a parcel cannot be taken as it is.
 * @param {Storage} storage
 * @param {Parcel} parcel
 * @param {Response} response
 * @returns {Promise<Outcome>}
 */
async function mend(storage, parcel, response) {
  const { type = '', errors = [], detail = '', current } = await problem(response);
  if (type.endsWith(':one-time-code')) return 'signed-out';
  const local = (parcel.photos ?? []).filter((photo) => photo.id !== '');
  if (type.endsWith(':not-arrived') && local.length > 0 && local.every((photo) => photo.sha256 !== '')) {
    // The server has forgotten it meanwhile: it goes out once more with the next sending.
    for (const photo of local) photo.sha256 = '';
    await change(storage, `parcel/${parcel.id}`, (it) => ({ ...it, photos: parcel.photos }));
    return 'done';
  }
  const said = errors.length > 0 ? errors : [{ field: '', detail }];
  const standing = current === undefined ? 'refused' : 'conflict';
  await change(storage, `parcel/${parcel.id}`, (it) => ({ ...it, standing, errors: said, current }));
  return 'done';
}

/**
 * Puts something of a parcel on the server; gives back the answer, or why there is none that helps.
 * @param {Storage} storage
 * @param {Parcel} parcel
 * @param {string} place
 * @param {string} kind
 * @param {BodyInit} body
 * @returns {Promise<Response | Outcome>}
 */
async function put(storage, { id }, place, kind, body) {
  const once = async () => {
    // What its writer has taken back is not sent: there is nothing left to do.
    if (await find(storage, `parcel/${id}`) === undefined) return /** @type {Outcome} */ ('done');
    const known = await find(storage, 'forms/all');
    const headers = { 'content-type': kind, [SECRET]: known?.secret ?? '' };
    return ask(`/api/${place}`, { method: 'PUT', headers, body });
  };
  let response = await once();
  if (response instanceof Response && response.status === 400 && (await problem(response)).type?.endsWith(':stale-form')) {
    // Another session of the same person: its mark is fetched, then it goes on.
    const outcome = await refresh(storage);
    if (outcome !== 'done') return outcome;
    response = await once();
  }
  if (response === null) return 'offline';
  return response instanceof Response && response.status === 401 ? 'signed-out' : response;
}

/**
 * @param {Response} response
 * @returns {Promise<any>}
 */
const problem = (response) => response.clone().json().catch(() => ({}));

/**
 * Keeps the receipt, and only then lets the parcel go.
 * @param {Storage} storage
 * @param {Parcel} parcel
 * @param {Receipt} receipt
 */
async function received(storage, parcel, receipt) {
  const { title, content, fields, base, photos } = parcel;
  const figures = fields.filter((field) => field.text.trim() !== '').length;
  await keep(storage, `receipt/${receipt.id}`, { ...receipt, key: occasionKey(parcel), title, content, figures, base, photos });
  // What was typed since then is a draft of the next revision.
  await change(storage, `draft/${occasionKey(parcel)}`, (draft) => (draft.changed_ms <= parcel.finished_ms ? undefined : draft));
  await stands(storage, parcel, receipt);
  await remove(storage, `parcel/${parcel.id}`);
  for (const photo of parcel.photos ?? []) if (photo.id !== '') await remove(storage, `photo/${photo.id}`);
}

/**
 * What was received stands in the kept form until the forms are fetched again, so that a correction
 * rests on it.
 * @param {Storage} storage
 * @param {Parcel} parcel
 * @param {Receipt} receipt
 */
async function stands(storage, parcel, receipt) {
  await change(storage, 'forms/all', (known) => {
    const form = /** @type {Form | undefined} */ (
      known.forms.forms.find((/** @type {Form} */ one) => occasionKey(one) === occasionKey(parcel)));
    if (form === undefined || form.base.revision >= receipt.revision) return known;
    Object.assign(form, { base: { revision: receipt.revision, version: 0 }, state: 'submitted', state_text: '', returned: [] });
    form.attachments = (parcel.photos ?? []).map((photo) => ({ sha256: photo.sha256, href: `/attachments/${photo.sha256}` }));
    for (const field of form.fields) {
      const typed = parcel.fields.find((one) => one.item === field.item && one.class === field.class);
      Object.assign(field, { returned: [], text: '', note: '', reason: '', ...typed });
    }
    return known;
  });
}
