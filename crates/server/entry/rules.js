// Judging a filled form as the server will: what blocks sending, and what needs a reason.
import { evaluate, parse } from '../assets/expression.js';
import { exact, fraction, plus } from '../assets/quantity.js';
import { decimal, plain, read, rescaled } from './number.js';

/** @typedef {import('./number.js').Said} Said */
/** @typedef {import('./number.js').Decimal} Decimal */
/** @typedef {import('../assets/quantity.js').Quantity} Quantity */
/** @typedef {{ value: Decimal, qualifier: import('../assets/quantity.js').Qualifier }} Figure */
/**
 * @typedef {object} Field A field as the server describes it, with what stands in it.
 * @property {string} item
 * @property {string} class
 * @property {string} section the title of the section that begins here
 * @property {string} name
 * @property {string} class_name
 * @property {string} help
 * @property {string} measure
 * @property {number} scale
 * @property {string} minimum
 * @property {string | null} maximum
 * @property {string} range_text
 * @property {string} text
 * @property {string} note
 * @property {string} reason
 * @property {boolean} [copied] taken from the period before and not confirmed yet
 * @property {{ value: string, qualifier: string, text: string } | null} previous
 * @property {string[]} returned
 */
/** @typedef {{ code: string, severity: string, condition: string, message: string }} Rule */
/** @typedef {{ wrong: Said[], doubts: Said[] }} Verdict */
/** @typedef {{ unit: string, period: string }} About Whose figures these are, for sentences. */

/** A figure that is this many times that of the period before is doubtful … */
const JUMP_TIMES = 10n;
/** … unless it is smaller than this. */
const JUMP_FROM = 20n;

/** @param {Field} field */
export const keyOf = (field) => (field.class === '' ? field.item : `${field.item}.${field.class}`);

/**
 * @param {Figure} figure
 * @returns {Quantity}
 */
const quantity = ({ value, qualifier }) =>
  ({ value: fraction(value.units, 10n ** BigInt(value.scale)), qualifier });

/**
 * The verdict on every field, by its key.
 * @param {Field[]} fields
 * @param {Rule[]} rules
 * @param {About} about
 * @returns {Map<string, Verdict>}
 */
export function judge(fields, rules, about) {
  const verdicts = new Map(fields.map((field) => [keyOf(field), /** @type {Verdict} */ ({ wrong: [], doubts: [] })]));
  const at = (/** @type {string} */ key) => verdicts.get(key) ?? { wrong: [], doubts: [] };
  /** @type {Map<string, Figure>} */
  const figures = new Map();
  for (const field of fields) {
    const reading = read(field.text, field);
    if ('problem' in reading) {
      const { key, gaps } = reading.problem;
      const { item, minimum, maximum } = field;
      at(keyOf(field)).wrong.push({ key, gaps: { ...gaps, item, minimum, maximum: maximum ?? '' } });
    } else if ('value' in reading) {
      figures.set(keyOf(field), reading);
    }
  }
  // A figure that could not be read must not make another one look wrong.
  if ([...verdicts.values()].every(({ wrong }) => wrong.length === 0)) {
    sums(fields, figures, about, at);
    broken(fields, rules, figures, about, at);
    jumps(fields, figures, at);
  }
  return verdicts;
}

/**
 * Where all classes of an item and the whole are given, they must agree.
 * @param {Field[]} fields
 * @param {Map<string, Figure>} figures
 * @param {About} about
 * @param {(key: string) => Verdict} at
 */
function sums(fields, figures, about, at) {
  for (const field of fields.filter((one) => one.class === '')) {
    const classes = fields.filter((one) => one.item === field.item && one.class !== '');
    const whole = figures.get(field.item);
    const parts = classes.flatMap((one) => figures.get(keyOf(one)) ?? []);
    if (whole === undefined || parts.length === 0) continue;
    const sum = parts.reduce((total, part) => total + part.value.units, 0n);
    const may = (/** @type {Figure[]} */ some, /** @type {string} */ kind) =>
      some.some(({ qualifier }) => qualifier === kind || qualifier === 'about');
    const mixed = may(parts, 'at_least') && may(parts, 'at_most');
    const [more, less] = [mixed || may(parts, 'at_least'), mixed || may(parts, 'at_most')];
    const isWrong = sum < whole.value.units
      ? parts.length === classes.length && !more && !may([whole], 'at_most')
      : sum > whole.value.units && !less && !may([whole], 'at_least');
    if (isWrong) {
      const gaps = { item: field.item, unit: about.unit, sum: plain({ units: sum, scale: field.scale }), whole: plain(whole.value) };
      at(field.item).wrong.push({ key: 'classes-do-not-add-up', gaps });
    }
  }
}

/**
 * The figure that a rule names: of a class, or of the whole, which all classes make together where it
 * is not given.
 * @param {Field[]} fields
 * @param {Map<string, Figure>} figures
 * @param {string} reference
 * @returns {Quantity | null}
 */
function named(fields, figures, reference) {
  const [, code, wanted] = /^([^[]+)(?:\[(.+)\])?$/.exec(reference) ?? [];
  const figure = figures.get(wanted === undefined ? code : `${code}.${wanted}`);
  if (figure !== undefined) return quantity(figure);
  const classes = fields.filter((one) => one.item === code && one.class !== '');
  if (wanted !== undefined || classes.length === 0) return null;
  const parts = classes.map((one) => figures.get(keyOf(one)));
  return parts.reduce(
    (/** @type {Quantity | null} */ sum, part) => (sum === null || part === undefined ? null : plus(sum, quantity(part))),
    exact(fraction(0n)),
  );
}

/**
 * The rules that the figures break; a rule of which no figure was entered is left alone.
 * @param {Field[]} fields
 * @param {Rule[]} rules
 * @param {Map<string, Figure>} figures
 * @param {About} about
 * @param {(key: string) => Verdict} at
 */
function broken(fields, rules, figures, about, at) {
  for (const rule of rules) {
    /** @type {string[]} */
    const references = [];
    const item = (/** @type {string} */ reference) => {
      references.push(reference);
      return named(fields, figures, reference);
    };
    try {
      if (evaluate(parse(rule.condition), { item, units: () => 0 }) !== false) continue;
    } catch {
      continue; // It divides by zero, or asks for more than a form: the server judges it.
    }
    const items = references.map((reference) => reference.replace(/\[.*/, ''));
    const place = fields.find((field) => items.includes(field.item) && figures.has(keyOf(field)));
    if (place === undefined) continue;
    const values = fields.filter((field) => items.includes(field.item) && figures.has(keyOf(field)))
      .map((field) => `${keyOf(field)} = ${field.text}`).join(', ');
    const gaps = { ...about, rule: rule.code, message: rule.message.replace(/\.$/, ''), values };
    const verdict = at(keyOf(place));
    if (rule.severity === 'error') verdict.wrong.push({ key: 'rule-broken', gaps });
    else verdict.doubts.push({ key: 'doubt-rule', gaps });
  }
}

/**
 * Figures that are many times those of the period before.
 * @param {Field[]} fields
 * @param {Map<string, Figure>} figures
 * @param {(key: string) => Verdict} at
 */
function jumps(fields, figures, at) {
  for (const field of fields) {
    const figure = figures.get(keyOf(field));
    if (figure?.qualifier !== 'exact' || field.previous === null) continue;
    const { units, scale } = figure.value;
    if (units < JUMP_FROM * 10n ** BigInt(scale)) continue;
    const before = rescaled(decimal(field.previous.value), scale).units;
    if (before > 0n && units > before * JUMP_TIMES) {
      at(keyOf(field)).doubts.push({ key: 'doubt-many-times', gaps: { times: `${units / before}`, before: field.previous.text } });
    }
  }
}
