// Numbers as people type them, read as `domain/text` reads them, as far as a grid needs it: the
// server reads every one again.
import { fraction } from './quantity.js';

/** @typedef {import('./quantity.js').Qualifier} Qualifier */
/** @typedef {import('./quantity.js').Quantity} Quantity */
/**
 * @typedef {object} Reading What a text says.
 * @property {'missing' | 'number' | 'either' | 'unknown'} kind
 * @property {Quantity} [quantity]
 * @property {number} [decimals]
 * @property {string[]} [readings] the two numbers that it may be, as they would be typed
 */

/** @type {[string, Qualifier][]} */
const BOUNDS = [
  ['ít nhất ', 'at_least'], ['tối thiểu ', 'at_least'], ['trên ', 'at_least'], ['hơn ', 'at_least'],
  ['>=', 'at_least'], ['≥', 'at_least'], ['>', 'at_least'], ['không quá ', 'at_most'],
  ['tối đa ', 'at_most'], ['dưới ', 'at_most'], ['gần ', 'at_most'], ['<=', 'at_most'],
  ['≤', 'at_most'], ['<', 'at_most'], ['xấp xỉ ', 'about'], ['khoảng ', 'about'], ['≈', 'about'],
  ['~', 'about'],
];

const MULTIPLYING = [
  'chục', 'trăm', 'nghìn', 'ngàn', 'vạn', 'triệu', 'tỷ', 'tỉ', 'tr', 'k', 'rưỡi', 'dozen', 'hundred',
  'thousand', 'million',
];

/**
 * Reads what was typed.
 * @param {string} text
 * @returns {Reading}
 */
export function read(text) {
  const plain = text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');
  if (['', '-', '–', '—'].includes(plain)) return { kind: 'missing' };
  const bound = BOUNDS.find(([word]) => plain.startsWith(word));
  const rest = (bound ? plain.slice(bound[0].length) : plain).trim().replace('\u2212', '-');
  // `400 hộ` is 400; `2 nghìn` is another number.
  const [, number, word] = /^(.*?\d)( [^\d%/].*)?$/.exec(rest) ?? [rest, rest];
  if (word && MULTIPLYING.includes(word.trim().split(' ')[0])) return { kind: 'unknown' };
  const qualifier = bound ? bound[1] : 'exact';
  if (/^-?[1-9]\d{0,2}[.,]\d{3}$/.test(number)) {
    const [whole, decimals] = number.split(/[.,]/);
    // A fourth decimal leaves nothing to ask.
    const readings = [`${whole}${decimals}`, `${whole},${decimals}0`];
    return { kind: 'either', readings: number.includes('.') ? readings : readings.reverse() };
  }
  const digits = ungrouped(number);
  if (digits === null) return { kind: 'unknown' };
  const [whole, decimals = ''] = digits.split('.');
  const value = fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
  return { kind: 'number', quantity: { value, qualifier }, decimals: decimals.replace(/0+$/, '').length };
}

/**
 * The number in plain decimal text; nothing when separators stand where no number has them.
 * @param {string} text
 */
function ungrouped(text) {
  if (/^-?\d+$/.test(text)) return text;
  if (/^-?\d+[.,]\d{1,4}$/.test(text)) return text.replace(',', '.');
  if (/^-?\d{1,3}( \d{3})+([.,]\d{1,4})?$/.test(text)) return text.replaceAll(' ', '').replace(',', '.');
  if (/^-?\d{1,3}(\.\d{3})+(,\d{1,4})?$/.test(text)) return text.replaceAll('.', '').replace(',', '.');
  if (/^-?\d{1,3}(,\d{3})+(\.\d{1,4})?$/.test(text)) return text.replaceAll(',', '');
  return null;
}
