// Numbers are read in the browser as on the server: the same cases for both.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { plain, read } from '../../crates/server/entry/number.js';

const file = new URL('../../tests/vectors/number_date_cases.csv', import.meta.url);

/**
 * The fields of a line, of which some stand in quotes.
 * @param {string} line
 */
const fields = (line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((one) => one[1] ?? one[2]);

const cases = fs.readFileSync(file, 'utf8').split(/\r?\n/).map(fields)
  .filter(([, kind]) => kind === 'parse_number')
  .map(([name, , input, expected]) => ({ name, text: input.replace(/^text=/, ''), expected }));

/** @type {import('../../crates/server/entry/number.js').Bounds} */
const wide = { item: 'A01', measure: 'hộ', scale: 4, minimum: '-9000000000', maximum: null };

/** @param {string} text */
const trimmed = (text) => text.replace(/\.?0+$/, '');

/** @param {string} text */
function said(text) {
  const reading = read(text, wide);
  if ('missing' in reading) return 'missing';
  if ('problem' in reading) return reading.problem.key;
  const value = plain(reading.value);
  return `${reading.qualifier} ${value.includes('.') ? trimmed(value) : value}`;
}

/** What the server's reading comes to for a count. @param {string} expected */
function wanted(expected) {
  const [kind, number, ...more] = expected.split(' ');
  if (expected === 'missing') return 'missing';
  if (expected === 'error') return null;
  if (kind === 'ask') return 'ambiguous-number';
  if (kind === 'ratio' || more.includes('percent')) return 'not-a-count';
  return `${kind === 'value' ? 'exact' : kind} ${number}`;
}

test('the cases are found', () => assert.ok(cases.length >= 24));

for (const { name, text, expected } of cases) {
  test(`${name}: ${text}`, () => {
    const answer = wanted(expected);
    if (answer === null) assert.match(said(text), /^(not-a-number|formula-cell)$/);
    else assert.equal(said(text), answer);
  });
}

test('a field has its own bounds and decimals', () => {
  const field = { item: 'B04', measure: 'triệu đồng', scale: 0, minimum: '0', maximum: '412' };
  const key = (/** @type {string} */ text) => {
    const reading = read(text, field);
    return 'problem' in reading ? reading.problem.key : 'missing' in reading ? 'missing' : plain(reading.value);
  };
  const table = {
    '412': '412', '413': 'out-of-bounds', '-1': 'out-of-bounds', '1,5': 'not-a-whole-number', '2,0': '2',
    '2 triệu': '2', '2 nghìn': 'number-in-words', '99999999999999999999': 'number-too-large',
    'rút': 'missing', 'RUT': 'missing', '\u200b': 'missing', '١٢': 'not-a-number', '5m²': 'not-a-number',
    '5 m²': '5', '1.': 'not-a-number', ',5': 'not-a-number', '1/0/2': 'not-a-number', '12 hộ 3': 'not-a-number',
    '−5': 'out-of-bounds', '1,23456': 'not-a-whole-number',
  };
  for (const [text, expected] of Object.entries(table)) assert.equal(key(text), expected, text);
});
