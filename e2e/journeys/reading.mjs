// Reading: from a figure down to its cell, through another tree, by keyboard, on paper.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { open, start } from '../browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

test('the overview says the finding of the article', async () => {
  const { page, context } = await open(browser);
  await page.goto('/?period=2023-H1');
  const finding = await page.locator('h1').innerText();
  assert.match(finding, /^3 trong 4 nội dung đột phá đúng lộ trình/);
  assert.match(finding, /số đảng viên mới kết nạp chậm 9,3 điểm phần trăm/);
  await context.close();
});

test('a figure of the overview leads down to a cell of a file', async () => {
  const { page, context } = await open(browser);
  await page.goto('/?period=2023-H1');
  await page.getByRole('link', { name: /^61 đảng viên/ }).click();
  await page.waitForURL(/\/figures\/A01/);
  for (let depth = 0; depth < 2; depth += 1) {
    await page.locator('section[aria-labelledby=contributions] tbody td a').first().click();
    await page.waitForLoadState();
  }
  const line = await page.locator('section[aria-labelledby=submissions] tbody tr').first().innerText();
  assert.match(line, /\.xlsx/);
  assert.match(line, /trang tính T01-2023, hàng \d+, cột [A-Z]+/);
  await page.locator('section[aria-labelledby=submissions] tbody th a').first().click();
  await page.waitForURL(/\/submissions\//);
  assert.match(await page.locator('h1').innerText(), /báo cáo \d+ số liệu tháng 01\/2023/);
  await context.close();
});

test('the figures can be read through the tree of July 2025, with the same total', async () => {
  const { page, context } = await open(browser);
  await page.goto('/indicators/A01?period=2022');
  const communes = await page.locator('tbody tr').count();
  const total = await page.locator('tfoot td b').first().innerText();
  await page.getByLabel('Cách xem').selectOption('restated:2025-07-01');
  await page.getByRole('button', { name: 'Xem', exact: true }).click();
  await page.waitForURL(/restated/);
  assert.equal(communes, 17);
  assert.equal(total, '152');
  assert.ok(page.url().includes('period=2022'), 'the period stays');
  await context.close();
});

test('the keyboard reaches the content first and everything is seen when focused', async () => {
  const { page, context } = await open(browser);
  await page.goto('/');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Đến nội dung chính');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineWidth);
  assert.equal(outline, '3px');
  await context.close();
});

test('everything works without scripts', async () => {
  const { page, context } = await open(browser, { javaScriptEnabled: false });
  await page.goto('/');
  await page.locator('select[name=period]').selectOption('2022');
  await page.getByRole('button', { name: 'Xem', exact: true }).click();
  await page.waitForURL(/period=2022/);
  await page.getByRole('searchbox').fill('na sam');
  await page.getByRole('button', { name: 'Tìm' }).click();
  await page.waitForURL(/q=na/);
  assert.ok(await page.getByRole('link', { name: 'Thị trấn Na Sầm' }).count() > 0);
  await context.close();
});

test('targets are large enough for a thumb', async () => {
  const { page, context } = await open(browser, { viewport: { width: 390, height: 800 } });
  await page.goto('/');
  for (const selector of ['.places a', 'button', 'select', 'input[type=search]']) {
    for (const box of await page.locator(selector).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))) {
      assert.ok(box >= 48, `${selector} is ${box} px high`);
    }
  }
  await context.close();
});

test('paper shows the figures and not the controls', async () => {
  const { page, context } = await open(browser);
  await page.goto('/');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.controls').isVisible(), false);
  assert.equal(await page.locator('.places').isVisible(), false);
  assert.equal(await page.locator('.printed').isVisible(), true);
  assert.equal(await page.getByText('Số liệu mẫu').first().isVisible(), true);
  const white = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.match(white, /255, 255, 255|^oklch\(1 |#fff/);
  await context.close();
});

test('a table is copied as a block that pastes into a spreadsheet', async () => {
  const { page, context } = await open(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto('/indicators/A01?period=2022');
  await page.getByRole('button', { name: 'Chép bảng' }).click();
  await page.getByText('Đã chép').waitFor();
  const block = await page.evaluate(() => navigator.clipboard.readText());
  const lines = block.split('\n');
  assert.equal(lines.length, 19);
  assert.equal(new Set(lines.map((line) => line.split('\t').length)).size, 1);
  await context.close();
});

test('styles and scripts stay within the budget of a slow phone', async () => {
  const { page, context } = await open(browser);
  await page.goto('/indicators/A01');
  const addresses = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.includes('/assets/')));
  /** @type {Record<string, number>} */
  const sizes = { css: 0, js: 0, svg: 0 };
  for (const one of addresses) {
    const body = await (await page.request.get(one)).body();
    const kind = /\.(css|js|svg)\b/.exec(one)?.[1] ?? '';
    sizes[kind] += brotliCompressSync(body).length;
  }
  assert.ok(sizes.css > 0 && sizes.css <= 10_240, `${sizes.css} bytes of style`);
  assert.ok(sizes.js > 0 && sizes.js <= 6_144, `${sizes.js} bytes of script`);
  assert.ok(addresses.length <= 4, `${addresses.length} requests beside the page`);
  await context.close();
});
