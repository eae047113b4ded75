// Exact numbers with their qualifiers: the same arithmetic as `domain/number`, in whole numbers only.

/** @typedef {'exact' | 'at_least' | 'at_most' | 'about'} Qualifier */
/** @typedef {{ numerator: bigint, denominator: bigint }} Fraction In lowest terms, denominator above zero. */
/** @typedef {{ value: Fraction, qualifier: Qualifier }} Quantity */

/** Why there is no number: the divisor is zero, or more digits would be needed than are kept. */
export class NumberProblem extends Error {
  /** @param {'zero_divisor' | 'overflow'} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** Numerators and denominators beyond this do not fit, here as on the server. */
const LARGEST = (1n << 127n) - 1n;

/**
 * A fraction in lowest terms.
 * @param {bigint} numerator
 * @param {bigint} [denominator]
 * @returns {Fraction}
 */
export function fraction(numerator, denominator = 1n) {
  if (denominator === 0n) throw new NumberProblem('zero_divisor');
  const common = commonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  const lowest = { numerator: numerator / common, denominator: denominator / common };
  if (magnitude(lowest.numerator) > LARGEST || lowest.denominator > LARGEST) {
    throw new NumberProblem('overflow');
  }
  return lowest;
}

/** @param {bigint} number */
function magnitude(number) {
  return number < 0n ? -number : number;
}

/**
 * @param {bigint} one
 * @param {bigint} other
 */
function commonDivisor(one, other) {
  let [a, b] = [magnitude(one), magnitude(other)];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

/**
 * Below zero, zero or above it, as the first is smaller, equal or larger.
 * @param {Fraction} one
 * @param {Fraction} other
 */
export function compare(one, other) {
  const [a, b] = [one.numerator * other.denominator, other.numerator * one.denominator];
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A number that is what it says.
 * @param {Fraction} value
 * @returns {Quantity}
 */
export function exact(value) {
  return { value, qualifier: 'exact' };
}

/**
 * A lower bound becomes an upper one and the other way round.
 * @param {Qualifier} qualifier
 * @returns {Qualifier}
 */
export function flipped(qualifier) {
  if (qualifier === 'at_least') return 'at_most';
  return qualifier === 'at_most' ? 'at_least' : qualifier;
}

/**
 * What a sum of two is.
 * @param {Qualifier} one
 * @param {Qualifier} other
 * @returns {Qualifier}
 */
function qualified(one, other) {
  if (other === 'exact' || one === other) return one;
  return one === 'exact' ? other : 'about';
}

/**
 * @param {Quantity} one
 * @param {Quantity} other
 * @returns {Quantity}
 */
export function plus(one, other) {
  const [a, b] = [one.value, other.value];
  const numerator = a.numerator * b.denominator + b.numerator * a.denominator;
  return {
    value: fraction(numerator, a.denominator * b.denominator),
    qualifier: qualified(one.qualifier, other.qualifier),
  };
}

/**
 * @param {Quantity} one
 * @returns {Quantity}
 */
export function negated(one) {
  const { numerator, denominator } = one.value;
  return { value: fraction(-numerator, denominator), qualifier: flipped(one.qualifier) };
}

/**
 * A lower bound taken away leaves an upper bound.
 * @param {Quantity} one
 * @param {Quantity} other
 */
export function minus(one, other) {
  return plus(one, negated(other));
}

/**
 * Bounds hold only where the signs allow it; otherwise the product is about.
 * @param {Quantity} one
 * @param {Quantity} other
 * @returns {Quantity}
 */
export function times(one, other) {
  const [a, b] = [one.value, other.value];
  return {
    value: fraction(a.numerator * b.numerator, a.denominator * b.denominator),
    qualifier: qualifierOfProduct(one, other),
  };
}

/**
 * At least 30 of at most 40 is a share of at least three quarters.
 * @param {Quantity} one
 * @param {Quantity} other
 * @returns {Quantity}
 */
export function over(one, other) {
  const [a, b] = [one.value, other.value];
  return {
    value: fraction(a.numerator * b.denominator, a.denominator * b.numerator),
    qualifier: qualifierOfQuotient(one, other),
  };
}

/** @param {Quantity} one */
function isNegative(one) {
  return one.value.numerator < 0n;
}

/** @param {Quantity} one */
function isZero(one) {
  return one.value.numerator === 0n;
}

/**
 * Where the truth lies, seen from zero.
 * @param {Quantity} one
 * @returns {'fixed' | 'outwards' | 'inwards' | 'near'}
 */
function reach(one) {
  if (one.qualifier === 'exact') return 'fixed';
  if (one.qualifier === 'about') return 'near';
  // Zero as an upper bound reaches into the negative numbers: away from zero, as a lower one does.
  if (isZero(one)) return 'outwards';
  return (one.qualifier === 'at_least') === isNegative(one) ? 'inwards' : 'outwards';
}

/** @param {Quantity} one */
function pointsDown(one) {
  return isNegative(one) || (isZero(one) && one.qualifier === 'at_most');
}

/**
 * What a bound becomes when it is multiplied or divided by an exact number other than zero.
 * @param {Qualifier} qualifier
 * @param {Quantity} by
 */
function scaled(qualifier, by) {
  return isNegative(by) ? flipped(qualifier) : qualifier;
}

/**
 * @param {Quantity} one
 * @param {Quantity} other
 * @returns {Qualifier}
 */
function qualifierOfProduct(one, other) {
  const isNothing = (/** @type {Quantity} */ it) => isZero(it) && it.qualifier === 'exact';
  if (isNothing(one) || isNothing(other)) return 'exact';
  const [first, second] = [reach(one), reach(other)];
  if (first === 'fixed') return scaled(other.qualifier, one);
  if (second === 'fixed') return scaled(one.qualifier, other);
  if (first === 'outwards' && second === 'outwards') {
    return pointsDown(one) === pointsDown(other) ? 'at_least' : 'at_most';
  }
  return 'about';
}

/**
 * @param {Quantity} dividend
 * @param {Quantity} divisor
 * @returns {Qualifier}
 */
function qualifierOfQuotient(dividend, divisor) {
  if (isZero(dividend) && dividend.qualifier === 'exact') return 'exact';
  // Turned so that the divisor is positive; its reciprocal then shrinks as it grows.
  const bound = scaled(dividend.qualifier, divisor);
  const negative = isNegative(dividend) !== isNegative(divisor);
  const reciprocal = flipped(scaled(divisor.qualifier, divisor));
  if (reciprocal === 'exact') return bound;
  if (bound === 'about' || reciprocal === 'about') return 'about';
  if (bound === 'exact') return negative ? flipped(reciprocal) : reciprocal;
  const fits = isZero(dividend) || negative === (bound !== reciprocal);
  return fits ? bound : 'about';
}

/**
 * The distance from zero. A bound survives only when it points away from zero.
 * @param {Quantity} one
 * @returns {Quantity}
 */
export function absolute(one) {
  const { value, qualifier } = isNegative(one) ? negated(one) : one;
  return { value, qualifier: qualifier === 'at_most' ? 'about' : qualifier };
}

/**
 * The span in which the truth surely lies; `null` is without end.
 * @param {Quantity} one
 * @returns {[Fraction | null, Fraction | null]}
 */
function bounds(one) {
  const { value, qualifier } = one;
  return [
    qualifier === 'exact' || qualifier === 'at_least' ? value : null,
    qualifier === 'exact' || qualifier === 'at_most' ? value : null,
  ];
}

/** @typedef {'=' | '!=' | '<' | '<=' | '>' | '>='} Comparison */

/** @type {Record<Comparison, (order: number) => boolean>} */
const HOLDS = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/**
 * Whether a comparison holds; `null` when the qualifiers leave it open.
 * @param {Quantity} left
 * @param {Comparison} operator
 * @param {Quantity} right
 * @returns {boolean | null}
 */
export function compared(left, operator, right) {
  const [[leftLow, leftHigh], [rightLow, rightHigh]] = [bounds(left), bounds(right)];
  const surely = (
    /** @type {Fraction | null} */ a,
    /** @type {Fraction | null} */ b,
    /** @type {(order: number) => boolean} */ fits,
  ) => a !== null && b !== null && fits(compare(a, b));
  const possible = [];
  if (!surely(leftLow, rightHigh, HOLDS['>='])) possible.push(-1);
  if (!surely(leftLow, rightHigh, HOLDS['>']) && !surely(leftHigh, rightLow, HOLDS['<'])) possible.push(0);
  if (!surely(leftHigh, rightLow, HOLDS['<='])) possible.push(1);
  const answers = possible.map(HOLDS[operator]);
  return answers.length > 0 && answers.every((answer) => answer === answers[0]) ? answers[0] : null;
}

/**
 * The smallest (−1) or largest (1) of several, as exact as can be said for sure.
 * @param {Quantity[]} all
 * @param {-1 | 1} wanted
 * @returns {Quantity}
 */
export function extreme(all, wanted) {
  const further = (/** @type {Fraction} */ a, /** @type {Fraction} */ b) => (compare(b, a) === wanted ? b : a);
  const value = all.map((one) => one.value).reduce(further);
  if (all.some((one) => one.qualifier === 'about')) return { value, qualifier: 'about' };
  // For the largest: it reaches at least the best lower bound, and is held down only when every
  // part has an upper bound. For the smallest the two ends change places.
  const ends = all.map(bounds).map(([low, high]) => (wanted === 1 ? [low, high] : [high, low]));
  const inner = ends.flatMap(([end]) => (end === null ? [] : [end]));
  const outer = ends.flatMap(([, end]) => (end === null ? [] : [end]));
  const [beyond, within] = wanted === 1
    ? /** @type {const} */ (['at_least', 'at_most'])
    : /** @type {const} */ (['at_most', 'at_least']);
  const nearest = inner.length > 0 ? inner.reduce(further) : null;
  if (outer.length === all.length) {
    const farthest = outer.reduce(further);
    const same = nearest !== null && compare(nearest, farthest) === 0;
    return { value: farthest, qualifier: same ? 'exact' : within };
  }
  return nearest === null ? { value, qualifier: 'about' } : { value: nearest, qualifier: beyond };
}
