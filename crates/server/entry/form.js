// A form on the phone: filling it, looking it over, and choosing between two versions.
import { element, mark, once, say, show, when } from './elements.js';
import { check, discard, finish, onServer, save, standing } from './drafts.js';
import { photoField, photoRow } from './photos.js';
import { keyOf } from './rules.js';
import { remove } from './storage.js';
import { dueText, occasionKey } from './outbox.js';

/** @typedef {import('./storage.js').Storage} Storage */
/** @typedef {import('./outbox.js').Form} Form */
/** @typedef {import('./outbox.js').Parcel} Parcel */
/** @typedef {import('./drafts.js').Draft} Draft */
/** @typedef {import('./rules.js').Field} Field */

/** @param {import('./rules.js').Said} said */
export const sentence = ({ key, gaps }) => say(key, gaps);

/** @param {Field} field */
const nameOf = (field) => (field.class_name === '' ? field.name : `${field.name} – ${field.class_name}`);

/** @param {Form} form */
const head = (form) => [
  element('p', { class: 'eyebrow' }, `${form.unit_name} · ${form.period_name}`),
  element('h1', {}, form.name),
];

/**
 * The page on which a form is filled.
 * @param {Storage} storage
 * @param {Form} form
 * @param {Parcel | undefined} parcel what is on its way for the same occasion
 * @param {(hash: string) => void} go
 */
export async function fill(storage, form, parcel, go) {
  const draft = await standing(storage, form);
  const key = occasionKey(form);
  /** What was said about the fields is shown once they were left, or looked over. */
  const left = new Set(draft.changed_ms > 0 ? draft.fields.map(keyOf) : []);
  const state = element('p', { class: 'standing-line', role: 'status' });
  const problems = element('div', {});
  const rows = draft.fields.map((field, at) => row(field, at + 1, { changed, leave }));

  function tellState() {
    const kind = draft.changed_ms > 0 ? 'saved' : parcel === undefined ? form.state : 'sending';
    const text = kind === 'saved' ? say('entry-mark-saved') : kind === 'sending' ? say('entry-mark-sending') : form.state_text || say('entry-sent');
    state.replaceChildren(mark(kind, text), ' ', element('span', { class: 'quiet' }, dueText(form)));
  }
  async function kept() {
    await save(storage, draft);
    tellState();
    askToStay();
  }
  async function changed() {
    // What was said goes while one types, not when the next thing is about to be pressed.
    judgeAll();
    try {
      await kept();
    } catch {
      state.replaceChildren(mark('refused', say('entry-not-saved')));
    }
  }
  function leave(/** @type {Field} */ field) {
    left.add(keyOf(field));
    judgeAll();
  }
  function judgeAll() {
    const { verdicts } = check(form, draft);
    rows.forEach(({ field, tell }) => {
      const seen = left.has(keyOf(field));
      const { wrong = [], doubts = [] } = verdicts.get(keyOf(field)) ?? {};
      tell(seen ? wrong : [], seen ? doubts : []);
    });
  }
  function lookOver() {
    draft.fields.forEach((field) => left.add(keyOf(field)));
    judgeAll();
    const found = check(form, draft).problems;
    if (found.length === 0) {
      go(`#/check/${key}`);
      return;
    }
    const lines = found.map(({ key: of, part, said }) => {
      const at = draft.fields.findIndex((field) => keyOf(field) === of);
      if (at < 0) return element('li', {}, sentence(said));
      const target = `${part}-${at + 1}`;
      const jump = (/** @type {Event} */ event) => {
        event.preventDefault();
        document.getElementById(target)?.focus();
      };
      return element('li', {}, element('a', { href: `#${target}`, onclick: jump }, `${nameOf(draft.fields[at])}: ${sentence(said)}`));
    });
    const box = element('div', { class: 'problems', role: 'alert', tabindex: -1 },
      element('h2', {}, say('entry-check', { count: found.length })), element('ul', {}, ...lines));
    problems.replaceChildren(box);
    box.focus();
  }
  async function copyPrevious() {
    for (const { field, set } of rows) {
      if (field.text.trim() === '' && field.previous !== null) set(typedAs(field.previous));
    }
    await changed();
  }
  async function nothing() {
    go(`#/sent/${await finish(storage, form, draft, 'nothing')}`);
  }

  const correction = element('input', { id: 'correction', value: draft.reason, maxlength: 500, oninput: (event) => {
    draft.reason = /** @type {HTMLInputElement} */ (event.target).value;
    changed();
  } });
  const isLocked = Boolean(form.locked);
  const canCopy = !isLocked && draft.fields.some((field) => field.previous !== null && field.text.trim() === '');
  show(
    ...head(form), state, isLocked && element('p', { class: 'problems', role: 'status' }, form.locked, ' ', draft.changed_ms > 0 && say('entry-locked-kept')), problems,
    form.returned.length > 0 && element('div', { class: 'problems' },
      element('h2', {}, say('work-returned')), element('ul', {}, ...form.returned.map((reason) => element('li', {}, reason)))),
    canCopy && element('p', { class: 'deeds' }, element('button', { type: 'button', onclick: copyPrevious }, say('entry-copy-previous'))),
    element('form', { class: 'entry', autocomplete: 'off', novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      lookOver();
    } },
    ...rows.flatMap(({ field, node }) => [field.section ? element('h2', { class: 'part' }, field.section) : null, node]),
    isLocked ? photoRow(storage, draft.photos) : photoField(storage, draft.photos, kept),
    form.state === 'approved' && element('div', { class: 'field' }, element('label', { for: 'correction' }, say('entry-correction-reason')), correction),
    !isLocked && element('p', { class: 'deeds' }, element('button', { class: 'main' }, say('entry-look-over'))),
    isLocked && draft.changed_ms > 0 && element('p', { class: 'deeds' }, element('a', { class: 'button', href: '#/export' }, say('entry-export'))),
    form.may_be_nothing && !isLocked && element('p', { class: 'deeds' },
      element('button', { type: 'button', 'aria-describedby': 'nothing', onclick: once(nothing) }, say('entry-nothing')),
      element('small', { id: 'nothing', class: 'quiet' }, say('entry-nothing-hint')))),
    back(),
  );
  if (isLocked) document.querySelectorAll('.entry input').forEach((input) => input.setAttribute('readonly', ''));
  tellState();
  judgeAll();
}

const back = () => element('p', { class: 'back' }, element('a', { href: '#/' }, say('entry-back')));

/** Asks the browser once not to throw away what is kept when space runs out. */
async function askToStay() {
  if (await navigator.storage?.persisted?.() === false) await navigator.storage.persist();
}

/**
 * The figure of the period before as somebody would type it.
 * @param {NonNullable<Field['previous']>} previous
 */
function typedAs({ value, qualifier }) {
  /** @type {Record<string, string>} */
  const word = { exact: '', at_least: 'trên ', at_most: 'dưới ', about: 'khoảng ' };
  return `${word[qualifier]}${value.replace('.', ',')}`;
}

/**
 * A field with everything that belongs to it.
 * @param {Field} field
 * @param {number} at
 * @param {{ changed: () => void, leave: (field: Field) => void }} on
 */
function row(field, at, on) {
  const says = element('ul', { class: 'says', id: `says-${at}` });
  const input = /** @type {HTMLInputElement} */ (element('input', {
    id: `field-${at}`, inputmode: 'decimal', maxlength: 60, 'aria-describedby': `${field.help ? `help-${at} ` : ''}hint-${at} says-${at}`,
    oninput: () => typed(input.value), onchange: () => on.leave(field),
  }));
  input.value = field.text;
  const reason = /** @type {HTMLInputElement} */ (element('input', { id: `reason-${at}`, maxlength: 500, oninput: () => {
    field.reason = reason.value;
    on.changed();
  } }));
  reason.value = field.reason;
  const reasonLine = element('p', { class: 'beside-field', hidden: field.reason === '' },
    element('label', { for: `reason-${at}` }, say('entry-doubt-reason')), reason);
  const note = /** @type {HTMLInputElement} */ (element('input', { maxlength: 500, 'aria-label': `${say('entry-note')} ${nameOf(field)}`, oninput: () => {
    field.note = note.value;
    on.changed();
  } }));
  note.value = field.note;
  const confirm = element('p', { class: 'copied', hidden: field.copied !== true }, say('entry-copied'), ' ',
    element('button', { type: 'button', onclick: () => {
      field.copied = false;
      confirm.hidden = true;
      on.changed();
      on.leave(field);
      input.focus();
    } }, say('entry-confirm-copied'), element('span', { class: 'hidden' }, ` ${nameOf(field)}`)));
  const previous = field.previous === null ? say('entry-no-previous') : say('entry-previous', { value: field.previous.text });
  const node = element('div', { class: `field${field.class === '' ? '' : ' class'}` },
    element('label', { for: `field-${at}` }, element('span', { class: 'code' }, keyOf(field)), ` ${nameOf(field)}`),
    field.help ? element('p', { class: 'hint', id: `help-${at}` }, field.help) : null,
    element('p', { class: 'hint', id: `hint-${at}` }, `${previous} · ${field.range_text}`), says,
    element('p', { class: 'figure' }, input, ' ', element('span', {}, field.measure)), confirm, reasonLine,
    element('details', { open: field.note !== '' }, element('summary', {}, say('entry-note'), element('span', { class: 'hidden' }, ` ${nameOf(field)}`)), note));

  /** @param {string} text */
  function typed(text) {
    field.text = text;
    field.copied = false;
    confirm.hidden = true;
    on.changed();
  }
  return {
    node, field,
    /** @param {string} text a figure that nobody has typed for this period */
    set(text) {
      input.value = text;
      field.text = text;
      field.copied = true;
      confirm.hidden = false;
    },
    /**
     * @param {import('./rules.js').Said[]} wrong
     * @param {import('./rules.js').Said[]} doubts
     */
    tell(wrong, doubts) {
      const returned = field.returned.map((text) => say('entry-returned', { reason: text }));
      const lines = [...returned, ...wrong.map(sentence), ...doubts.map(sentence)];
      says.replaceChildren(...lines.map((line) => element('li', {}, line)));
      node.classList.toggle('wrong', wrong.length > 0);
      if (wrong.length > 0) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
      reasonLine.hidden = doubts.length === 0 && field.reason === '';
    },
  };
}

/**
 * The page on which everything is looked over before it is sent.
 * @param {Storage} storage
 * @param {Form} form
 * @param {(hash: string) => void} go
 */
export async function overlook(storage, form, go) {
  const draft = await standing(storage, form);
  const { verdicts, problems } = check(form, draft);
  const key = occasionKey(form);
  if (problems.length > 0 || form.locked) {
    go(`#/form/${key}`);
    return;
  }
  const line = (/** @type {Field} */ field) => {
    const doubts = verdicts.get(keyOf(field))?.doubts ?? [];
    const remarks = [...doubts.map(sentence), doubts.length > 0 ? field.reason : '', field.note].filter((text) => text !== '');
    return element('tr', {},
      element('th', { scope: 'row' }, element('span', { class: 'code' }, keyOf(field)), ` ${nameOf(field)}`),
      element('td', { class: 'n', 'data-label': say('value') }, element('b', {}, field.text.trim() || say('review-empty')), ' ', element('small', {}, field.text.trim() && field.measure)),
      element('td', { class: 'n', 'data-label': say('review-previous') }, field.previous?.text ?? '–'),
      element('td', { 'data-label': say('review-remarks') },
        ...remarks.length > 0 ? remarks.map((text) => element('span', { class: 'remark' }, text)) : ['–']));
  };
  const send = async () => go(`#/sent/${await finish(storage, form, draft, 'figures')}`);
  show(
    ...head(form),
    element('p', { class: 'lede' }, form.above_name === '' ? say('entry-look-over-hint') : say('entry-who-sees', { unit: form.above_name })),
    element('div', { class: 'table' }, element('table', {},
      element('thead', {}, element('tr', {}, ...['item', 'value', 'review-previous', 'review-remarks'].map((name, at) =>
        element('th', { scope: 'col', class: at === 1 || at === 2 ? 'n' : '' }, say(name))))),
      element('tbody', {}, ...draft.fields.map(line)))),
    photoRow(storage, draft.photos),
    draft.reason !== '' && element('p', { class: 'quiet' }, `${say('entry-correction-reason')}: ${draft.reason}`),
    element('p', { class: 'deeds' },
      element('button', { class: 'main', onclick: once(send) }, form.above_name === '' ? say('entry-send') : say('entry-send-to', { unit: form.above_name })),
      element('a', { class: 'button', href: `#/form/${key}` }, say('entry-mend'))),
  );
}

/**
 * The page on which a person chooses between what was typed here and what stands on the server.
 * @param {Storage} storage
 * @param {Parcel} parcel
 * @param {Form} current
 * @param {(hash: string) => void} go
 */
export async function choose(storage, parcel, current, go) {
  const mine = new Map(parcel.fields.map((field) => [keyOf(/** @type {Field} */ (field)), field]));
  const differing = current.fields.filter((field) => (mine.get(keyOf(field))?.text ?? '').trim() !== field.text.trim());
  /** @type {Map<string, 'mine' | 'theirs'>} */
  const chosen = new Map(differing.map((field) => [keyOf(field), 'mine']));
  const option = (/** @type {Field} */ field, /** @type {'mine' | 'theirs'} */ whose, /** @type {string} */ text) => {
    const input = element('input', { type: 'radio', name: `of-${keyOf(field)}`, checked: whose === 'mine', onchange: () => chosen.set(keyOf(field), whose) });
    return element('label', { class: 'version' }, input, element('span', {}, element('small', {}, say(`entry-${whose}`)), element('b', {}, text.trim() || say('review-empty'))));
  };
  const [myPhotos, theirPhotos] = [parcel.photos ?? [], onServer(current)];
  const known = (/** @type {import('./outbox.js').Photo[]} */ photos) => new Set(photos.map((photo) => photo.sha256));
  const bothPhotos = [...myPhotos, ...theirPhotos.filter((photo) => !known(myPhotos).has(photo.sha256))];
  const differInPhotos = bothPhotos.length > theirPhotos.length || bothPhotos.length > myPhotos.length;
  const keepMine = async () => {
    const draft = await standing(storage, current);
    for (const field of draft.fields) {
      const typed = mine.get(keyOf(field));
      if (chosen.get(keyOf(field)) === 'mine' && typed !== undefined) Object.assign(field, typed);
      if (chosen.get(keyOf(field)) === 'theirs') Object.assign(field, current.fields.find((one) => keyOf(one) === keyOf(field)));
    }
    await save(storage, { ...draft, photos: bothPhotos, base: current.base, reason: parcel.reason });
    await remove(storage, `parcel/${parcel.id}`);
    go(`#/form/${occasionKey(parcel)}`);
  };
  const keepTheirs = async () => {
    await remove(storage, `parcel/${parcel.id}`);
    await discard(storage, occasionKey(parcel));
    go('#/');
  };
  const by = current.sent === null ? '' : `${current.sent.by} ${when(current.sent.received_ms)}`;
  show(
    ...head(current), element('p', { class: 'standing-line' }, mark('conflict', say('entry-mark-conflict'))),
    element('p', { class: 'lede' }, say('entry-conflict', { by })),
    ...differing.map((field) => element('fieldset', { class: 'versions' },
      element('legend', {}, element('span', { class: 'code' }, keyOf(field)), ` ${nameOf(field)}`),
      option(field, 'mine', mine.get(keyOf(field))?.text ?? ''), option(field, 'theirs', field.text))),
    differInPhotos && element('p', {}, say('photo-both')),
    differing.length === 0 && !differInPhotos && element('p', {}, say('entry-conflict-same')),
    element('p', { class: 'deeds' },
      element('button', { class: 'main', onclick: once(keepMine) }, say('entry-keep-chosen')),
      element('button', { onclick: once(keepTheirs) }, say('entry-keep-theirs'))),
    back(),
  );
}
