// Photographs beside figures: made small, kept encrypted beside the draft, and shown as small pictures.
import { element, say } from './elements.js';
import { shrunk } from '../assets/shrink.js';
import { all, find, keep, names, remove } from './storage.js';
import { newId, parcels } from './outbox.js';

/** @typedef {import('./storage.js').Storage} Storage */
/** @typedef {import('./outbox.js').Photo} Photo */

/** Photographs of one form. */
const COUNT_MAX = 5;

/** The side of a small picture, in pixels of a sharp screen. */
const SIDE = 288;

/**
 * What stands beside a form: small pictures, and how to add and remove some.
 * @param {Storage} storage
 * @param {Photo[]} photos changed in place
 * @param {() => Promise<void>} changed keeps the form; thrown back when there is no room
 */
export function photoField(storage, photos, changed) {
  const said = element('p', { class: 'hint', role: 'status' });
  const list = element('ul', {});
  const add = async (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    said.textContent = '';
    for (const file of input.files ?? []) said.textContent = await take(file);
    input.value = '';
    draw();
  };
  /** @param {File} file */
  async function take(file) {
    if (photos.length >= COUNT_MAX) return say('photo-too-many');
    const id = newId();
    let small;
    try {
      small = await (await shrunk(file)).arrayBuffer();
    } catch {
      return say('photo-unreadable');
    }
    try {
      await keep(storage, `photo/${id}`, small);
      photos.push({ id, sha256: '' });
      await changed();
      return '';
    } catch {
      // The figures lie in a record of their own and are as they were.
      photos.splice(0, photos.length, ...photos.filter((photo) => photo.id !== id));
      await remove(storage, `photo/${id}`).catch(() => undefined);
      return say('photo-no-room');
    }
  }
  /** @param {Photo} photo */
  async function leaveOut(photo) {
    photos.splice(photos.indexOf(photo), 1);
    await changed();
    await tidy(storage);
    draw();
    said.textContent = say('photo-removed');
  }
  const picker = (/** @type {string} */ key, /** @type {string | undefined} */ capture) =>
    element('label', { class: 'button' }, say(key),
      element('input', { type: 'file', class: 'hidden', accept: 'image/*', multiple: capture === undefined, capture, onchange: add }));
  const pickers = element('p', { class: 'deeds' }, picker('photo-take', 'environment'), picker('photo-choose', undefined));
  function draw() {
    pickers.hidden = photos.length >= COUNT_MAX;
    list.replaceChildren(...photos.map((photo, at) => element('li', {}, small(storage, photo, at + 1),
      element('button', { type: 'button', onclick: () => leaveOut(photo) }, say('photo-remove'),
        element('span', { class: 'hidden' }, ` ${at + 1}`)))));
  }
  draw();
  return element('fieldset', { class: 'photos' }, element('legend', {}, say('photos-heading')), list, pickers, said,
    element('p', { class: 'hint' }, say('photo-hint')));
}

/**
 * The photographs of a form, to be looked at.
 * @param {Storage} storage
 * @param {Photo[]} photos
 */
export const photoRow = (storage, photos) => photos.length > 0 && element('section', { class: 'photos' },
  element('h2', {}, say('photos-heading')),
  element('ul', {}, ...photos.map((photo, at) => element('li', {}, small(storage, photo, at + 1)))));

/**
 * A small picture: drawn here, or fetched when only the server has it.
 * @param {Storage} storage
 * @param {Photo} photo
 * @param {number} number
 */
function small(storage, photo, number) {
  const alt = say('photo-number', { number });
  if (photo.id === '') return element('img', { src: `/attachments/${photo.sha256}`, alt, width: SIDE, height: SIDE, loading: 'lazy' });
  const canvas = /** @type {HTMLCanvasElement} */ (element('canvas', { role: 'img', 'aria-label': alt, width: SIDE, height: SIDE }));
  paint(storage, photo, canvas).catch(() => undefined);
  return canvas;
}

/**
 * @param {Storage} storage
 * @param {Photo} photo
 * @param {HTMLCanvasElement} canvas
 */
async function paint(storage, photo, canvas) {
  const picture = await createImageBitmap(new Blob([await find(storage, `photo/${photo.id}`)]));
  const scale = SIDE / Math.min(picture.width, picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  canvas.getContext('2d')?.drawImage(picture, (SIDE - width) / 2, (SIDE - height) / 2, width, height);
  picture.close();
}

/**
 * Removes photographs that no form on this device names any more.
 * @param {Storage} storage
 */
export async function tidy(storage) {
  const forms = [...await all(storage, 'draft'), ...await parcels(storage)];
  const named = new Set(forms.flatMap((form) => (form.photos ?? []).map((/** @type {Photo} */ photo) => `photo/${photo.id}`)));
  for (const name of await names(storage, 'photo')) {
    if (!named.has(name)) await remove(storage, name);
  }
}
