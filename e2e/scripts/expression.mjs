// The language of formulas in the browser gives what the server's gives: the same cases for both.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { evaluate, parse } from '../../crates/server/assets/expression.js';
import { fraction } from '../../crates/server/assets/quantity.js';

const file = new URL('../../tests/vectors/expression.json', import.meta.url);
const { cases } = JSON.parse(fs.readFileSync(file, 'utf8'));

/**
 * A figure of the table: `at_least 1.5`.
 * @param {string} text
 */
function quantity(text) {
  const [number, qualifier = 'exact'] = text.split(' ').reverse();
  const [whole, decimals = ''] = number.split('.');
  return { value: fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length)), qualifier };
}

/** @param {any} value */
function words(value) {
  if (value === null || typeof value === 'boolean') return value;
  const { value: { numerator, denominator }, qualifier } = value;
  const number = denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
  return qualifier === 'exact' ? number : `${qualifier} ${number}`;
}

/** @param {() => any} work */
function problem(work) {
  try {
    return { gave: words(work()) };
  } catch (error) {
    return { code: /** @type {any} */ (error).code, at: /** @type {any} */ (error).at };
  }
}

for (const one of cases) {
  // What the checker finds is found on the server, before a formula is ever sent to a browser.
  if (one.check_errors !== undefined) continue;
  test(one.name, () => {
    const figures = {
      item: (/** @type {string} */ name) => (name in (one.figures ?? {}) ? quantity(one.figures[name]) : null),
      units: (/** @type {string} */ level) => one.units?.[level] ?? 0,
    };
    const work = () => evaluate(parse(one.source), /** @type {any} */ (figures));
    const expected = one.parse_error ?? one.evaluation_error;
    if (expected !== undefined) {
      assert.deepEqual(problem(work), { code: expected.code, at: expected.at });
      return;
    }
    assert.deepEqual(words(work()), one.missing ? null : (one.truth ?? one.number));
  });
}

test('most of the cases are asked', () => {
  assert.ok(cases.filter((/** @type {any} */ one) => one.check_errors === undefined).length > 150);
});
