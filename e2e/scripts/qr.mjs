// Codes drawn on a phone are those that the library on the server draws: the same table for both.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { BYTES_MAX, code } from '../../crates/server/entry/qr.js';

const file = new URL('../../tests/vectors/qr_codes.csv', import.meta.url);
const lines = fs.readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1);

/** @param {number} bytes */
const letters = (bytes) => Array.from({ length: bytes }, (_, at) => String.fromCharCode(33 + ((at * 7) % 90))).join('');

/** FNV-1a over the modules, row by row. @param {boolean[][]} dark */
const hash = (dark) => dark.flat().reduce((sum, isDark) => Math.imul(sum ^ (isDark ? 1 : 0), 0x01000193) >>> 0, 0x811c9dc5);

for (const line of lines) {
  const [bytes, size, modules] = line.split(',');
  test(`${bytes} bytes make a square of ${size}`, () => {
    const dark = code(letters(Number(bytes)));
    assert.equal(`${dark.length},${hash(dark).toString(16).padStart(8, '0')}`, `${size},${modules}`);
  });
}

test('a text too long for one code is refused', () => {
  assert.equal(code(letters(BYTES_MAX)).length, 97);
  assert.throws(() => code(letters(BYTES_MAX + 1)), RangeError);
});
