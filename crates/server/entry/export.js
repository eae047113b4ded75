// A copy of what was not sent, off the device: a file, or codes that an officer scans.
import { drawing, element, say } from './elements.js';
import { BYTES_MAX, code } from './qr.js';
import { find } from './storage.js';

/** @typedef {import('./outbox.js').Parcel} Parcel */

/** Bytes of a text in one code: larger ones are hard to read from a cheap screen. */
const PART_BYTES = Math.min(440, BYTES_MAX);

/**
 * A parcel as it travels, with its id; what is empty is left out, and so are photographs.
 * @param {Parcel} parcel
 */
function packed({ id, form, unit, period, content, fields, reason, base, finished_ms }) {
  const filled = fields.filter(({ text, note, reason: why }) => `${text}${note}${why}`.trim() !== '');
  const short = filled.map((field) => Object.fromEntries(
    Object.entries(field).filter(([name, value]) => name === 'text' || name === 'item' || value !== '')));
  return { id, form, unit, period, content, fields: short, reason, base, finished_ms };
}

/**
 * The file, in which photographs travel along.
 * @param {import('./storage.js').Storage} storage
 * @param {Parcel[]} waiting
 * @param {unknown[]} drafts begun and not finished; nobody sends them for their writer
 */
export async function exported(storage, waiting, drafts) {
  const travelling = [];
  for (const parcel of waiting) {
    const photos = [];
    for (const { id, sha256 } of parcel.photos ?? []) {
      photos.push(id === '' ? { sha256 } : { jpeg: inLetters(await find(storage, `photo/${id}`)) });
    }
    travelling.push(photos.length > 0 ? { ...packed(parcel), photos } : packed(parcel));
  }
  return JSON.stringify({ dotpha: 1, account: storage.account, parcels: travelling, drafts }, null, 1);
}

/** Bytes as base64. @param {ArrayBuffer} bytes */
function inLetters(bytes) {
  let letters = '';
  for (const byte of new Uint8Array(bytes)) letters += String.fromCharCode(byte);
  return btoa(letters);
}

/**
 * The text of a parcel in letters that every reader of codes passes on, in numbered parts.
 * @param {number} account
 * @param {Parcel} parcel
 */
export function parts(account, parcel) {
  const text = JSON.stringify({ dotpha: 1, account, parcels: [packed(parcel)] })
    .replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const count = Math.ceil(text.length / PART_BYTES);
  if (count === 1) return [text];
  const mark = parcel.id.slice(-4);
  return Array.from({ length: count }, (_, at) =>
    `dotpha ${mark} ${at + 1}/${count} ${text.slice(at * PART_BYTES, (at + 1) * PART_BYTES)}`);
}

/**
 * @param {number} account
 * @param {Parcel} parcel
 */
export function qrCodes(account, parcel) {
  const all = parts(account, parcel);
  const without = (parcel.photos ?? []).length > 0 && element('p', {}, say('photo-not-in-code'));
  return [without, ...all.map((part, at) => {
    const label = say('entry-code', { number: at + 1, count: all.length });
    return element('figure', {}, element('figcaption', {}, label), picture(code(part), label));
  })];
}

/**
 * @param {boolean[][]} dark
 * @param {string} label
 */
function picture(dark, label) {
  const quiet = 4;
  const side = dark.length + 2 * quiet;
  const path = dark.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + quiet} ${y + quiet}h1v1h-1z` : ''))).join('');
  const svg = drawing(`0 0 ${side} ${side}`, path, { class: 'qr', role: 'img', 'aria-label': label, 'aria-hidden': 'false' });
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', `${side}`);
  ground.setAttribute('height', `${side}`);
  svg.prepend(ground);
  return svg;
}
