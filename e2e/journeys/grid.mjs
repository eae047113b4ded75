// The officer's desk: the grid by keyboard, a block pasted from a spreadsheet, a workbook there and
// back, and the palette.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { isAccessibleInAllLooks } from '../accessibility.mjs';
import { open, signIn, start } from '../browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

const grid = '/grid/forms/thon-thang/periods/2023-08';

/**
 * @param {import('playwright-core').Page} page
 * @param {number} row
 * @param {number} column
 */
const cell = (page, row, column) => page.locator('.grid tbody tr').nth(row).locator('td input').nth(column);

/** Pastes as a spreadsheet does. @param {import('playwright-core').Page} page @param {string} text */
async function paste(page, text) {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, text);
}

test('grid: a block is pasted with a preview, taken back, and sent with receipts, by keyboard', async () => {
  const { page, context, complaints } = await open(browser);
  await signIn(page, 'xa');
  await page.goto(grid);
  await cell(page, 0, 0).focus();
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  assert.equal(await cell(page, 1, 0).evaluate((it) => it === document.activeElement), true, 'Enter goes down');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('F2');
  await page.keyboard.type('x');
  assert.match(await page.locator('.grid tbody td.wrong').innerText(), /Ghi một số/);
  await page.keyboard.press('Escape');
  assert.equal(await cell(page, 0, 0).inputValue(), '7', 'Esc takes back what was typed last');
  await page.keyboard.press('Control+z');
  assert.equal(await cell(page, 0, 0).inputValue(), '');
  await page.keyboard.press('Control+y');
  assert.equal(await cell(page, 0, 0).inputValue(), '7');

  await paste(page, '1\t0\t2\t1.234\r\n0\t1\t1\t14\r\n');
  const box = page.locator('dialog[open]');
  assert.match(await box.innerText(), /Những số sẽ thay đổi/);
  assert.equal(await box.locator('tbody tr').count(), 8);
  assert.equal(await cell(page, 0, 0).inputValue(), '7', 'a preview changes nothing');
  await box.locator('select').selectOption('1234');
  await box.getByRole('button', { name: 'Thay các số này' }).click();
  assert.equal(await cell(page, 0, 3).inputValue(), '1234');
  assert.equal(await cell(page, 1, 3).inputValue(), '14');
  await page.keyboard.press('Control+z');
  assert.equal(await cell(page, 0, 0).inputValue(), '7', 'the whole block is one step');
  await page.keyboard.press('Control+Shift+Z');
  await cell(page, 0, 3).focus();
  await page.keyboard.type('19');
  await page.keyboard.press('Tab');
  assert.equal(await cell(page, 1, 0).evaluate((it) => it === document.activeElement), true, 'Tab goes on');
  assert.match(await page.locator('.grid tfoot').innerText(), /33/, 'the total follows');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.locator('.grid tbody th a').nth(1).evaluate((it) => it === document.activeElement), true);
  await page.keyboard.press('ArrowRight');

  await page.keyboard.press('Control+Enter');
  assert.match(await page.locator('dialog[open]').innerText(), /Chưa gửi lần nào/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Gửi các dòng đã điền' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.receipts li').first().waitFor();
  assert.equal(await page.locator('.receipts li').count(), 2);
  assert.match(await page.locator('.grid tbody tr').first().innerText(), /chờ duyệt/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('xlsx: the form is downloaded, filled, looked through and sent', async () => {
  const { page, context, complaints } = await open(browser);
  await signIn(page, 'xa');
  await page.goto('/grid/forms/thon-thang/periods/2023-07');
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Tải biểu Excel' }).click();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dotpha-'));
  const file = path.join(folder, 'bieu.xlsx');
  await (await downloading).saveAs(file);
  // A cell is filled where a spreadsheet would fill it: in the sheet's own text.
  const parts = unzipSync(fs.readFileSync(file));
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']);
  const empty = /<c r="(E(?:[5-9]|\d\d+))"( s="\d+")\/>/;
  parts['xl/worksheets/sheet1.xml'] = strToU8(sheet.replace(empty, '<c r="$1"$2><v>1</v></c>'));
  fs.writeFileSync(file, zipSync(parts));
  await page.getByLabel('Tệp đã điền').setInputFiles(file);
  await page.getByRole('button', { name: 'Xem trước' }).click();
  assert.match(await page.locator('h1').innerText(), /1 số liệu của 1 đơn vị sẽ thay đổi/);
  await page.getByRole('button', { name: 'Gửi các số này' }).click();
  assert.equal(await page.locator('.receipts li').count(), 1);
  assert.deepEqual(complaints, []);
  fs.rmSync(folder, { recursive: true });
  await context.close();
});

test('search: the palette finds without accents and goes; keys can be switched off', async () => {
  const { page, context, complaints } = await open(browser);
  await signIn(page, 'xa');
  await page.goto('/units');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Tìm và đi tới' }).fill('hoang van thu');
  await page.getByRole('option', { name: /Hoàng Văn Thụ/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/units\/\d+/);
  assert.match(await page.locator('h1').innerText(), /Hoàng Văn Thụ/);
  await page.keyboard.press('/');
  await page.keyboard.type('duyet');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search/);
  assert.match(await page.locator('main').innerText(), /Duyệt số liệu/, 'what one can do is found');

  await page.goto('/units');
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.waitForURL((at) => at.pathname.slice(1) === 'work');
  await page.keyboard.press('?');
  await page.locator('dialog[open] input[type=checkbox]').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  assert.equal(await page.locator('#q').evaluate((it) => it === document.activeElement), false, 'switched off');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('grid: what is typed wrong and what a paste would change is accessible', async () => {
  const { page, context } = await open(browser, { bypassCSP: true });
  await signIn(page, 'xa');
  await page.goto('/grid/forms/thon-thang/periods/2023-06');
  await cell(page, 0, 0).focus();
  await page.keyboard.type('x');
  await isAccessibleInAllLooks(page);
  await paste(page, '1\t1.234\n2\t3\n');
  await isAccessibleInAllLooks(page);
  await context.close();
});
