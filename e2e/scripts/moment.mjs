// Days are printed in the browser as on the server: the same cases for both.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { timeAndDay } from '../../crates/server/entry/moment.js';

const vectors = new URL('../../tests/vectors/', import.meta.url);
const lines = (/** @type {string} */ name) => fs.readFileSync(new URL(name, vectors), 'utf8').trim().split(/\r?\n/);

for (const line of lines('number_date_cases.csv').filter((one) => one.split(',')[1] === 'date_text')) {
  const [name, , input, expected] = line.split(',');
  test(`${name} is printed as ${expected}`, () => {
    const noon = Date.parse(`${input.replace('date=', '')}T05:00:00Z`);
    assert.equal(timeAndDay(noon, 'Asia/Ho_Chi_Minh', 'vi').day, expected);
  });
}

for (const line of lines('moments.csv').slice(1)) {
  const [epoch, zone, lang, time, day] = line.split(',');
  test(`${epoch} is ${time}, ${day} in ${zone}`, () => {
    assert.deepEqual(timeAndDay(Number(epoch), zone, lang), { time, day });
  });
}
