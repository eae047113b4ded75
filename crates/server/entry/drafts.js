// Drafts: what was typed and not sent, kept at every change, wrong or not.
import { find, keep, remove } from './storage.js';
import { caughtUp, changes, newId, occasionKey, post } from './outbox.js';
import { judge, keyOf } from './rules.js';

/** @typedef {import('./storage.js').Storage} Storage */
/** @typedef {import('./outbox.js').Form} Form */
/** @typedef {import('./rules.js').Field} Field */
/**
 * @typedef {object} Draft
 * @property {string} key
 * @property {string} title
 * @property {Field[]} fields
 * @property {import('./outbox.js').Photo[]} photos
 * @property {string} reason why what was approved is corrected
 * @property {{ revision: number, version: number }} base
 * @property {number} changed_ms
 */

/** @param {Form} form */
export const titleOf = (form) => `${form.name} · ${form.unit_name} · ${form.period_name}`;

/**
 * What stands in a form: what was typed here, or what the server knows.
 * @param {Storage} storage
 * @param {Form} form
 * @returns {Promise<Draft>}
 */
export async function standing(storage, form) {
  const key = occasionKey(form);
  const kept = /** @type {Draft | undefined} */ (await find(storage, `draft/${key}`));
  const typed = new Map(kept?.fields.map((field) => [keyOf(field), field]));
  // What the server says of a field may have changed; what was typed stays.
  const fields = form.fields.map((field) => {
    const { text, note, reason, copied } = typed.get(keyOf(field)) ?? field;
    return { ...field, text, note, reason, copied };
  });
  return caughtUp(storage, key, {
    key, fields, photos: kept?.photos ?? onServer(form), title: titleOf(form), reason: kept?.reason ?? '', base: kept?.base ?? form.base,
    changed_ms: kept?.changed_ms ?? 0,
  });
}

/**
 * The photographs that stand beside a form on the server.
 * @param {Form} form
 */
export const onServer = (form) => (form.attachments ?? []).map(({ sha256 }) => ({ id: '', sha256 }));

/** One after the other, so that the newest stands at the end. */
let last = Promise.resolve();

/**
 * Keeps a draft; done when it is on disk.
 * @param {Storage} storage
 * @param {Draft} draft
 */
export function save(storage, draft) {
  draft.changed_ms = Date.now();
  const copy = structuredClone(draft);
  const saved = last.then(() => keep(storage, `draft/${draft.key}`, copy));
  last = saved.catch(() => undefined);
  return saved;
}

/**
 * Throws a draft away.
 * @param {Storage} storage
 * @param {string} key
 */
export async function discard(storage, key) {
  await last;
  await remove(storage, `draft/${key}`);
  changes.postMessage('discarded');
}

/**
 * What stands in the way of sending, by field; the empty key is the whole form.
 * @param {Form} form
 * @param {Draft} draft
 * @returns {{ verdicts: ReturnType<typeof judge>, problems: { key: string, part: 'field' | 'reason', said: import('./rules.js').Said }[] }}
 */
export function check(form, draft) {
  const verdicts = judge(draft.fields, form.rules, { unit: form.unit_name, period: form.period_name });
  /** @type {{ key: string, part: 'field' | 'reason', said: import('./rules.js').Said }[]} */
  const problems = [];
  for (const field of draft.fields) {
    const key = keyOf(field);
    const { wrong = [], doubts = [] } = verdicts.get(key) ?? {};
    for (const said of wrong) problems.push({ key, part: 'field', said });
    if (field.copied === true) problems.push({ key, part: 'field', said: { key: 'entry-copied-unconfirmed', gaps: {} } });
    if (wrong.length === 0 && doubts.length > 0 && field.reason.trim() === '') {
      problems.push({ key, part: 'reason', said: { key: 'doubt-without-reason', gaps: {} } });
    }
  }
  const isEmpty = draft.fields.every((field) => field.text.trim() === '');
  if (isEmpty) problems.push({ key: '', part: 'field', said: { key: 'nothing-entered', gaps: {} } });
  if (form.state === 'approved' && draft.reason.trim() === '') {
    problems.push({ key: '', part: 'reason', said: { key: 'correction-without-reason', gaps: {} } });
  }
  return { verdicts, problems };
}

/**
 * Puts a draft into the outbox; gives back the id of the parcel.
 * @param {Storage} storage
 * @param {Form} form
 * @param {Draft} draft
 * @param {'figures' | 'nothing'} content
 */
export async function finish(storage, form, draft, content) {
  const finished_ms = Math.max(Date.now(), draft.changed_ms);
  const fields = content === 'nothing' ? [] : draft.fields.map(({ item, class: of, text, note, reason }) =>
    ({ item, class: of, text, note, reason }));
  const id = newId(finished_ms);
  const { form: code, unit, period } = form;
  await post(storage, {
    id, form: code, unit, period, content, fields, photos: content === 'nothing' ? [] : draft.photos, reason: draft.reason, base: draft.base, finished_ms,
    standing: 'waiting', title: draft.title,
  });
  return id;
}
