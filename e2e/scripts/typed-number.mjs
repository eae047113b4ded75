// What people type is read in the browser as on the server: the same cases for both.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { read } from '../../crates/server/assets/typed-number.js';

const file = new URL('../../tests/vectors/number_date_cases.csv', import.meta.url);
const line = /^(PN\d+),parse_number,"?text=(.*?)"?,(value|ask|missing|at_least|at_most|about|ratio|error)([^,]*),/;
const cases = fs.readFileSync(file, 'utf8').split('\n').flatMap((text) => [line.exec(text) ?? []]);
const known = cases.filter(([name]) => name !== undefined);

/** @param {{ numerator: bigint, denominator: bigint }} value */
const decimal = ({ numerator, denominator }) => `${Number(numerator) / Number(denominator)}`;

assert.equal(known.length, 24, 'every case of the table is read');
for (const [, name, text, says, details] of known) {
  test(`${name}: ${text}`, () => {
    const reading = read(text);
    const words = details.trim().split(' ');
    // What the grid leaves to the server to explain.
    if (words.includes('percent') || ['ratio', 'error'].includes(says)) return assert.equal(reading.kind, 'unknown');
    if (says === 'missing') return assert.equal(reading.kind, 'missing');
    if (says === 'ask') {
      const readings = reading.readings?.map((one) => one.replace(/,(\d{3})0$/, '.$1'));
      return assert.deepEqual(readings, details.trim().split(' | '));
    }
    const { value, qualifier } = reading.quantity ?? assert.fail(`${text} is read`);
    assert.equal(qualifier, says === 'value' ? 'exact' : says);
    return assert.equal(decimal(value), words[0]);
  });
}
