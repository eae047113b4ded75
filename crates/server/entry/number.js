// Numbers as people type them: read as `domain/text/number` and `actions/figures/number` do.

/** @typedef {import('../assets/quantity.js').Qualifier} Qualifier */
/** @typedef {{ units: bigint, scale: number }} Decimal */
/** @typedef {{ key: string, gaps: Record<string, string> }} Said A sentence and what fills it. */
/**
 * @typedef {{ missing: true } | { value: Decimal, qualifier: Qualifier } | { problem: Said }} Reading
 */
/**
 * @typedef {object} Bounds What a field takes.
 * @property {string} item
 * @property {string} measure
 * @property {number} scale
 * @property {string} minimum
 * @property {string | null} maximum
 */

const SCALE_MAX = 4;
const UNITS_MAX = (1n << 63n) - 1n;
const BLANK = String.raw`[\s\u200B\uFEFF]`;
const BLANKS = new RegExp(`^${BLANK}+|${BLANK}+$`, 'gu');
/** @type {[string, Qualifier][]} Longer ones stand first. */
const QUALIFIER_WORDS = [
  ['ít nhất', 'at_least'], ['tối thiểu', 'at_least'], ['trên', 'at_least'], ['hơn', 'at_least'],
  ['>=', 'at_least'], ['≥', 'at_least'], ['>', 'at_least'], ['không quá', 'at_most'],
  ['tối đa', 'at_most'], ['dưới', 'at_most'], ['gần', 'at_most'], ['<=', 'at_most'],
  ['≤', 'at_most'], ['<', 'at_most'], ['xấp xỉ', 'about'], ['khoảng', 'about'], ['≈', 'about'],
  ['~', 'about'],
];
const MULTIPLYING_WORDS = [
  'chục', 'trăm', 'nghìn', 'ngàn', 'vạn', 'triệu', 'tỷ', 'tỉ', 'tr', 'k', 'rưỡi', 'dozen', 'hundred',
  'thousand', 'million',
];

/** A reading that failed, by the name of its sentence. */
class Unread extends Error {}

/** @param {string} text */
const trimmed = (text) => text.replace(BLANKS, '');

/**
 * A decimal as machines write it.
 * @param {string} text
 * @returns {Decimal}
 */
export function decimal(text) {
  const [whole, decimals = ''] = text.split('.');
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Unread('not-a-number');
  if (decimals.length > SCALE_MAX) throw new Unread('too-many-decimals');
  const units = BigInt(whole + decimals);
  if (units > UNITS_MAX || units < -UNITS_MAX - 1n) throw new Unread('number-too-large');
  return { units, scale: decimals.length };
}

/**
 * The same number with so many decimals.
 * @param {Decimal} value
 * @param {number} scale
 * @returns {Decimal}
 */
export function rescaled(value, scale) {
  if (scale >= value.scale) {
    const units = value.units * 10n ** BigInt(scale - value.scale);
    if (units > UNITS_MAX || units < -UNITS_MAX - 1n) throw new Unread('number-too-large');
    return { units, scale };
  }
  const factor = 10n ** BigInt(value.scale - scale);
  if (value.units % factor !== 0n) throw new Unread('too-many-decimals');
  return { units: value.units / factor, scale };
}

/**
 * The digits without their separators, when they stand in groups of three.
 * @param {string} text
 * @param {string | RegExp | null} separator
 */
function ungrouped(text, separator) {
  const groups = separator === null ? [text] : text.split(separator);
  const fits = groups.every((group, at) =>
    groups.length === 1 || (at === 0 ? group.length >= 1 && group.length <= 3 : group.length === 3));
  if (!fits) throw new Unread('not-a-number');
  return groups.join('');
}

/**
 * Splits at the last of two separators; one at the end leaves something that is no number.
 * @param {string} text
 * @param {string} separators
 * @returns {[string, string]}
 */
function splitLast(text, separators) {
  const at = Math.max(...[...separators].map((separator) => text.lastIndexOf(separator)));
  return at < 0 || at === text.length - 1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Digits with separators: the ways in which they can be read.
 * @param {string} written
 * @returns {Decimal[]} One, or two to choose from.
 */
function readings(written) {
  const negative = /^[-\u2212]/.test(written);
  const text = negative ? written.slice(1) : written;
  const make = (/** @type {string} */ whole, /** @type {string} */ decimals) =>
    decimal(`${negative ? '-' : ''}${whole}${decimals === '' ? '' : '.'}${decimals}`);
  const certain = (
    /** @type {string} */ groups, /** @type {string | RegExp | null} */ separator,
    /** @type {string} */ decimals,
  ) => [make(ungrouped(groups, separator), decimals)];
  if (new RegExp(BLANK, 'u').test(text)) {
    const [groups, decimals] = splitLast(text, '.,');
    return certain(groups, new RegExp(BLANK, 'u'), decimals);
  }
  const [points, commas] = [text.split('.').length - 1, text.split(',').length - 1];
  if (points + commas === 0) return certain(text, null, '');
  if (points + commas === 1) {
    const [whole, decimals] = splitLast(text, '.,');
    const isGroup = decimals.length === 3 && whole.length >= 1 && whole.length <= 3 && !whole.startsWith('0');
    if (!isGroup) return certain(whole, null, decimals);
    const both = [make(whole + decimals, ''), make(whole, decimals)];
    return points === 1 ? both : both.reverse();
  }
  if (commas === 0) return certain(text, '.', '');
  if (points === 0) return certain(text, ',', '');
  const last = text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.';
  if ((last === ',' ? commas : points) !== 1) throw new Unread('not-a-number');
  const [groups, decimals] = splitLast(text, last);
  return certain(groups, last === ',' ? '.' : ',', decimals);
}

/**
 * Splits off the words before the number.
 * @param {string} text
 * @returns {{ word: string, qualifier: Qualifier, rest: string }}
 */
function splitQualifier(text) {
  for (const [word, qualifier] of QUALIFIER_WORDS) {
    const rest = text.slice(word.length);
    const isSign = !/^\p{L}/u.test(word);
    if (text.slice(0, word.length).toLowerCase() === word && (isSign || new RegExp(`^${BLANK}`, 'u').test(rest))) {
      return { word, qualifier, rest: trimmed(rest) };
    }
  }
  return { word: '', qualifier: 'exact', rest: text };
}

/**
 * Splits off a percent sign and the words after the number.
 * @param {string} text
 */
function splitMeasure(text) {
  const [number] = /^[\d\s\u200B\uFEFF.,/\-\u2212]*/u.exec(text) ?? [''];
  const rest = text.slice(number.length);
  const [token] = text.split(new RegExp(BLANK, 'u'));
  if (/[^\P{N}0-9²³]/u.test(token)) throw new Unread('not-a-number');
  const checked = (/** @type {string} */ measure) => {
    if (measure !== '' && (!/^\p{L}/u.test(measure) || /[0-9%]/.test(measure))) throw new Unread('not-a-number');
    return measure;
  };
  if (rest.startsWith('%')) {
    const measure = rest.slice(1);
    if (measure !== '' && !new RegExp(`^${BLANK}`, 'u').test(measure)) throw new Unread('not-a-number');
    checked(trimmed(measure));
    return { number: trimmed(number), percent: true, measure: '' };
  }
  const standsApart = trimmed(number) !== number;
  if (rest !== '' && !standsApart) throw new Unread('not-a-number');
  return { number: trimmed(number), percent: false, measure: checked(rest) };
}

/**
 * What a field says.
 * @param {string} written
 * @param {Bounds} bounds
 * @returns {Reading}
 */
export function read(written, bounds) {
  const text = trimmed(written.normalize('NFC'));
  if (['', '-', '–', '—'].includes(text)) return { missing: true };
  const gaps = { text, decimals: `${bounds.scale}` };
  const problem = (/** @type {string} */ key, more = {}) => ({ problem: { key, gaps: { ...gaps, ...more } } });
  if (text.startsWith('=')) return problem('formula-cell');
  try {
    const { word, qualifier, rest } = splitQualifier(text);
    const { number, percent, measure } = splitMeasure(rest);
    if (number.includes('/')) {
      if (word !== '' || percent || measure !== '') return problem('not-a-number');
      const both = number.split('/', 2).map((part) => readings(trimmed(part)));
      return problem(number.split('/').length === 2 && both.every((one) => one.length === 1) ? 'not-a-count' : 'not-a-number');
    }
    const found = readings(number);
    if (found.length === 2) return problem('ambiguous-number', { whole: plain(found.find((one) => one.scale === 0) ?? found[0]) });
    if (percent) return problem('not-a-count');
    const first = measure.split(new RegExp(BLANK, 'u'))[0].toLowerCase();
    if (MULTIPLYING_WORDS.includes(first) && bounds.measure.toLowerCase().split(' ')[0] !== first) {
      return problem('number-in-words');
    }
    const value = rescaled(found[0], bounds.scale);
    const least = rescaled(decimal(bounds.minimum), bounds.scale).units;
    const most = bounds.maximum === null ? null : rescaled(decimal(bounds.maximum), bounds.scale).units;
    if (value.units < least) return problem(most === null ? 'below-minimum' : 'out-of-bounds');
    if (most !== null && value.units > most) return problem('out-of-bounds');
    return { value, qualifier };
  } catch (unread) {
    if (!(unread instanceof Unread)) throw unread;
    // "Rút" takes a figure back: on a form that is an empty field.
    const folded = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
    if (unread.message === 'not-a-number' && ['rut', 'withdraw'].includes(folded)) return { missing: true };
    const whole = unread.message === 'too-many-decimals' && bounds.scale === 0;
    return problem(whole ? 'not-a-whole-number' : unread.message);
  }
}

/**
 * A decimal as machines write it.
 * @param {Decimal} value
 */
export function plain({ units, scale }) {
  const digits = `${units < 0n ? -units : units}`.padStart(scale + 1, '0');
  const cut = digits.length - scale;
  return `${units < 0n ? '-' : ''}${digits.slice(0, cut)}${scale === 0 ? '' : `.${digits.slice(cut)}`}`;
}
