// The expression language of formulas and rules: read and worked out as `domain/expression` does.
import { NumberProblem, absolute, compared, exact, extreme, fraction, minus, negated, over, plus, times } from './quantity.js';

/** @typedef {import('./quantity.js').Quantity} Quantity */
/** @typedef {[number, number]} Span Characters, the last not included. */
/** @typedef {{ at: Span, kind: string, token: string }} Token */
/**
 * @typedef {object} Node A part of a formula.
 * @property {Span} at
 * @property {string} kind `number`, `item`, `units`, an operator, or the name of a function
 * @property {Quantity} [number]
 * @property {string} [name] the reference as it is written, or the level
 * @property {Node[]} parts
 */
/** @typedef {{ item: (reference: string) => Quantity | null, units: (level: string) => number }} Figures */
/** @typedef {Quantity | boolean | null} Value Nothing is known when it is `null`. */

const CHARACTERS_MAX = 2000;
const DEPTH_MAX = 50;
const DECIMALS_MAX = 4;
const OFFSET_MAX = 120;
const NUMBER_MAX = (1n << 63n) - 1n;

/** What is wrong with a formula or its figures, and in which characters. */
export class ExpressionProblem extends Error {
  /**
   * @param {string} code
   * @param {Span} at
   */
  constructor(code, at) {
    super(code);
    this.code = code;
    this.at = at;
  }
}

const DIGITS = /[0-9]/;
const WORD_START = /[A-Za-z_]/;
const WORD_PART = /[A-Za-z0-9_]/;
const CLASS_PART = /[A-Za-z0-9_.-]/;
const SIGN = /^(!=|<=|>=|[<>=+\-*/()[\],@])/;

/**
 * From characters to tokens, each with its place.
 * @param {string[]} characters
 * @returns {Token[]}
 */
function tokens(characters) {
  /** @type {Token[]} */
  const all = [];
  const run = (/** @type {number} */ start, /** @type {RegExp} */ part) => {
    let end = start;
    while (end < characters.length && part.test(characters[end])) end += 1;
    return end;
  };
  for (let start = 0; start < characters.length;) {
    const character = characters[start];
    let [end, kind] = [start + 1, 'sign'];
    if (/\s/u.test(character)) {
      start = end;
      continue;
    }
    if (all.at(-1)?.token === '[' && CLASS_PART.test(character)) {
      [end, kind] = [run(start, CLASS_PART), 'word'];
    } else if (DIGITS.test(character)) {
      [end, kind] = [run(start, DIGITS), 'number'];
      if (characters[end] === '.' && DIGITS.test(characters[end + 1] ?? '')) end = run(end + 1, DIGITS);
    } else if (WORD_START.test(character)) {
      [end, kind] = [run(start, WORD_PART), 'word'];
      while (characters[end] === '.' && WORD_PART.test(characters[end + 1] ?? '')) end = run(end + 1, WORD_PART);
    } else {
      const sign = SIGN.exec(characters.slice(start, start + 2).join(''));
      if (sign === null) throw new ExpressionProblem('unexpected_character', [start, end]);
      end = start + sign[0].length;
    }
    const token = characters.slice(start, end).join('');
    if (kind === 'number') literal(token, [start, end]);
    all.push({ at: [start, end], kind, token });
    start = end;
  }
  return all;
}

/**
 * A number as it is written in a formula.
 * @param {string} text
 * @param {Span} at
 */
function literal(text, at) {
  const [whole, decimals = ''] = text.split('.');
  if (decimals.length > DECIMALS_MAX) throw new ExpressionProblem('too_many_decimals', at);
  const units = BigInt(whole + decimals);
  if (units > NUMBER_MAX) throw new ExpressionProblem('number_too_large', at);
  return exact(fraction(units, 10n ** BigInt(decimals.length)));
}

/** How tightly operators bind: `or`, `and`, `not`, comparisons, sums, products, the sign. */
const POWER = { or: 0, and: 1, not: 2, comparison: 3, sum: 4, product: 5, sign: 6 };
/** @type {Record<string, number>} */
const POWER_OF = {
  or: 0, and: 1, '=': 3, '!=': 3, '<': 3, '<=': 3, '>': 3, '>=': 3, '+': 4, '-': 4, '*': 5, '/': 5,
};
/** @type {Record<number, number>} */
const POWER_OF_RIGHT_SIDE = { 0: 1, 1: 2, 2: 4, 3: 4, 4: 5, 5: 6, 6: 6 };
/** @type {Record<string, [number, number]>} The least and the most arguments. */
const ARGUMENTS = {
  if: [3, 3], coalesce: [1, Infinity], min: [1, Infinity], max: [1, Infinity], abs: [1, 1],
};
const RESERVED = ['and', 'or', 'not', 'if', 'coalesce', 'min', 'max', 'abs', 'ytd', 'units'];

class Parser {
  /** @param {string[]} characters */
  constructor(characters) {
    this.length = characters.length;
    this.tokens = tokens(characters);
    this.next = 0;
    this.depth = 0;
  }

  get token() {
    return this.tokens[this.next];
  }

  /** @param {string} code */
  refused(code) {
    return new ExpressionProblem(code, this.token?.at ?? [this.length, this.length]);
  }

  unexpected() {
    return this.refused(this.token === undefined ? 'unexpected_end' : 'unexpected');
  }

  /** @param {string} sign */
  expect(sign) {
    if (!this.stands(sign)) throw this.unexpected();
    this.next += 1;
    return this.tokens[this.next - 1].at[1];
  }

  /** @param {string} sign */
  stands(sign) {
    return this.token?.kind === 'sign' && this.token.token === sign;
  }

  operator() {
    const { kind, token } = this.token ?? { kind: 'end', token: '' };
    const isWord = kind === 'word' && (token === 'or' || token === 'and');
    const isSign = kind === 'sign' && token in POWER_OF;
    return isWord || isSign ? token : null;
  }

  /**
   * @param {number} least
   * @returns {Node}
   */
  expression(least) {
    let left = this.operand(least);
    let comparedBefore = false;
    for (let operator = this.operator(); operator !== null && POWER_OF[operator] >= least; operator = this.operator()) {
      const power = POWER_OF[operator];
      if (power === POWER.comparison && comparedBefore) throw this.refused('chained_comparison');
      comparedBefore = power === POWER.comparison;
      this.next += 1;
      const right = this.expression(POWER_OF_RIGHT_SIDE[power]);
      left = { at: [left.at[0], right.at[1]], kind: operator, parts: [left, right] };
    }
    return left;
  }

  /**
   * @param {number} least
   * @returns {Node}
   */
  operand(least) {
    if (this.depth >= DEPTH_MAX) throw this.refused('too_deep');
    this.depth += 1;
    const node = this.operandAtDepth(least);
    this.depth -= 1;
    return node;
  }

  /**
   * @param {number} least
   * @returns {Node}
   */
  operandAtDepth(least) {
    const found = this.token;
    if (found === undefined) throw this.unexpected();
    const { at, kind, token } = found;
    if (kind === 'number') {
      this.next += 1;
      return { at, kind: 'number', number: literal(token, at), parts: [] };
    }
    if (this.stands('-')) {
      this.next += 1;
      const inner = this.operand(POWER.sign);
      return { at: [at[0], inner.at[1]], kind: 'negate', parts: [inner] };
    }
    if (this.stands('(')) {
      this.next += 1;
      const inner = this.expression(POWER.or);
      return { ...inner, at: [at[0], this.expect(')')] };
    }
    if (kind !== 'word') throw this.unexpected();
    if (token === 'not' && least <= POWER.not) {
      this.next += 1;
      const inner = this.expression(POWER.not);
      return { at: [at[0], inner.at[1]], kind: 'not', parts: [inner] };
    }
    return this.word(at, token);
  }

  /**
   * @param {Span} at
   * @param {string} word
   * @returns {Node}
   */
  word(at, word) {
    if (['and', 'or', 'not'].includes(word)) throw this.unexpected();
    const after = this.tokens[this.next + 1];
    if (after?.kind !== 'sign' || after.token !== '(') {
      if (RESERVED.includes(word)) {
        this.next += 1;
        throw this.unexpected();
      }
      const { name, at: place } = this.reference();
      return { at: place, kind: 'item', name, parts: [] };
    }
    if (word === 'ytd') {
      this.next += 2;
      const { name } = this.reference();
      return { at: [at[0], this.expect(')')], kind: 'item', name: `ytd(${name})`, parts: [] };
    }
    if (word === 'units') {
      this.next += 2;
      const { name } = this.code();
      return { at: [at[0], this.expect(')')], kind: 'units', name, parts: [] };
    }
    if (!(word in ARGUMENTS)) throw this.refused('unknown_function');
    return this.call(at[0], word);
  }

  /**
   * @param {number} start
   * @param {string} name
   * @returns {Node}
   */
  call(start, name) {
    this.next += 2;
    const parts = [];
    if (!this.stands(')')) {
      parts.push(this.expression(POWER.or));
      while (this.stands(',')) {
        this.next += 1;
        parts.push(this.expression(POWER.or));
      }
    }
    /** @type {Span} */
    const at = [start, this.expect(')')];
    const [least, most] = ARGUMENTS[name];
    if (parts.length < least || parts.length > most) throw new ExpressionProblem('wrong_argument_count', at);
    return { at, kind: name, parts };
  }

  /** A code that is no word of the language. */
  code() {
    const found = this.token;
    if (found?.kind !== 'word' || RESERVED.includes(found.token)) throw this.unexpected();
    this.next += 1;
    return { name: found.token, at: found.at };
  }

  /**
   * A reference, spelled without spaces.
   * @returns {{ name: string, at: Span }}
   */
  reference() {
    const { name: code, at: [start, codeEnd] } = this.code();
    let [name, end] = [code, codeEnd];
    if (this.stands('[')) {
      this.next += 1;
      const found = this.token;
      if (found?.kind !== 'word') throw this.unexpected();
      this.next += 1;
      end = this.expect(']');
      name += `[${found.token}]`;
    }
    if (this.stands('@')) {
      const [offset, offsetEnd] = this.offset();
      [name, end] = [name + offset, offsetEnd];
    }
    return { name, at: [start, end] };
  }

  /** @returns {[string, number]} */
  offset() {
    const [sign, minusSign, count, unit] = this.tokens.slice(this.next, this.next + 4);
    const refuse = (/** @type {number} */ end) => new ExpressionProblem('bad_offset', [sign.at[0], end]);
    if (minusSign?.kind !== 'sign' || minusSign.token !== '-') throw refuse(sign.at[1]);
    if (count?.kind !== 'number') throw refuse(minusSign.at[1]);
    const periods = Number(count.token);
    if (count.token.includes('.') || periods < 1 || periods > OFFSET_MAX) throw refuse(count.at[1]);
    this.next += 3;
    if (unit?.kind === 'word' && unit.token === 'y') {
      this.next += 1;
      return [`@-${periods}y`, unit.at[1]];
    }
    return [`@-${periods}`, count.at[1]];
  }
}

/**
 * Reads a formula.
 * @param {string} source
 * @returns {Node}
 */
export function parse(source) {
  const characters = [...source];
  if (characters.length > CHARACTERS_MAX) {
    throw new ExpressionProblem('too_long', [CHARACTERS_MAX, characters.length]);
  }
  const parser = new Parser(characters);
  if (parser.tokens.length === 0) throw new ExpressionProblem('empty', [0, characters.length]);
  const root = parser.expression(POWER.or);
  if (parser.token !== undefined) throw parser.unexpected();
  return root;
}

/**
 * Works out a formula, exactly. Missing figures make the result missing, except in `coalesce`, in
 * branches not taken, and beside a `false` of `and` or a `true` of `or`.
 * @param {Node} node
 * @param {Figures} figures
 * @returns {Value}
 */
export function evaluate(node, figures) {
  // The chain of left sides is walked with a loop: a long sum leans far to the left.
  const spine = [];
  let first = node;
  while (first.kind in POWER_OF) {
    spine.push(first);
    [first] = first.parts;
  }
  let value = withoutOperator(first, figures);
  for (const part of spine.reverse()) value = joined(part, value, figures);
  return value;
}

/**
 * @param {Node} node
 * @param {Figures} figures
 * @returns {Value}
 */
function withoutOperator(node, figures) {
  const { parts, name = '' } = node;
  switch (node.kind) {
    case 'number':
      return node.number ?? null;
    case 'item':
      return figures.item(name);
    case 'units':
      return exact(fraction(BigInt(figures.units(name))));
    case 'not': {
      const holds = truth(parts[0], evaluate(parts[0], figures));
      return holds === null ? null : !holds;
    }
    case 'if': {
      const holds = truth(parts[0], evaluate(parts[0], figures));
      return holds === null ? null : evaluate(parts[holds ? 1 : 2], figures);
    }
    case 'coalesce': {
      for (const part of parts) {
        const value = evaluate(part, figures);
        if (value !== null) return value;
      }
      return null;
    }
    case 'min':
    case 'max': {
      const all = parts.map((part) => number(part, evaluate(part, figures)));
      const known = all.filter((one) => one !== null);
      return known.length === all.length ? extreme(known, node.kind === 'max' ? 1 : -1) : null;
    }
    default: {
      const inner = number(parts[0], evaluate(parts[0], figures));
      if (inner === null) return null;
      return arithmetic(node, node, () => (node.kind === 'abs' ? absolute(inner) : negated(inner)));
    }
  }
}

/**
 * One operator, its left side already worked out.
 * @param {Node} node
 * @param {Value} leftValue
 * @param {Figures} figures
 * @returns {Value}
 */
function joined(node, leftValue, figures) {
  const [left, right] = node.parts;
  if (node.kind === 'and' || node.kind === 'or') {
    // The value that decides alone, whatever the other side is.
    const decisive = node.kind === 'or';
    const one = truth(left, leftValue);
    if (one === decisive) return decisive;
    const other = truth(right, evaluate(right, figures));
    if (other === decisive) return decisive;
    return one === null || other === null ? null : !decisive;
  }
  const one = number(left, leftValue);
  const other = number(right, evaluate(right, figures));
  if (one === null || other === null) return null;
  switch (node.kind) {
    case '+':
      return arithmetic(node, right, () => plus(one, other));
    case '-':
      return arithmetic(node, right, () => minus(one, other));
    case '*':
      return arithmetic(node, right, () => times(one, other));
    case '/':
      return arithmetic(node, right, () => over(one, other));
    default:
      return compared(one, /** @type {import('./quantity.js').Comparison} */ (node.kind), other);
  }
}

/**
 * The place of a failure is the divisor when that is zero, else the whole operation.
 * @param {Node} whole
 * @param {Node} divisor
 * @param {() => Quantity} work
 */
function arithmetic(whole, divisor, work) {
  try {
    return work();
  } catch (problem) {
    if (!(problem instanceof NumberProblem)) throw problem;
    throw new ExpressionProblem(problem.code, problem.code === 'zero_divisor' ? divisor.at : whole.at);
  }
}

/**
 * @param {Node} node
 * @param {Value} value
 * @returns {Quantity | null}
 */
function number(node, value) {
  if (typeof value === 'boolean') throw new ExpressionProblem('wrong_kind', node.at);
  return value;
}

/**
 * @param {Node} node
 * @param {Value} value
 * @returns {boolean | null}
 */
function truth(node, value) {
  if (value !== null && typeof value !== 'boolean') throw new ExpressionProblem('wrong_kind', node.at);
  return value;
}
