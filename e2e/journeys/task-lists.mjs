// Many tasks are given by a list: the template is taken along, a list with a fault gives none and says
// where, the mended one gives all, and pressing twice gives them once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newcomer, start } from '../browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/** A day so many days from now, as people write it. @param {number} days */
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/');

/** @param {string[]} rows */
function list(rows) {
  const header = 'Việc phải làm;Sản phẩm;Trách nhiệm;Thẩm quyền;Mã đơn vị chủ trì;Hạn';
  return { name: 'danh-sach.csv', mimeType: 'text/csv', buffer: Buffer.from([header, ...rows].join('\n')) };
}

/** @param {import('playwright-core').Page} page @param {ReturnType<typeof list>} file */
async function lookAt(page, file) {
  await page.goto('/tasks/import');
  await page.locator('#list').setInputFiles(file);
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await page.locator('table.listed').waitFor();
}

test('a list with a fault gives no task, and the mended one gives all of them once', async () => {
  const work = `Rà soát hộ nghèo ${Date.now()}`;
  const { page, context, complaints } = await newcomer(browser, 'leader', '20');
  await page.goto('/tasks');
  await page.getByRole('link', { name: 'Giao theo danh sách' }).click();
  const [template] = await Promise.all([
    page.waitForEvent('download'), page.getByRole('link', { name: 'Tải biểu mẫu Excel' }).click(),
  ]);
  assert.equal(template.suggestedFilename(), 'danh-sach-nhiem-vu.xlsx');

  const good = `${work};Danh sách;Đủ hộ;Chủ động;06124, 06148;${inDays(20)}`;
  await lookAt(page, list([good, `Họp dân;;Đủ hộ;Chủ động;99999;${inDays(9)}`]));
  const problems = await page.locator('.problems').innerText();
  assert.match(problems, /hàng 3, cột B: Chưa rõ sản phẩm/);
  assert.match(problems, /hàng 3, cột E/);
  assert.equal(await page.getByRole('button', { name: /^Giao/ }).count(), 0);
  assert.equal(complaints.length, 1, 'the browser reports the status of a page to be mended');

  await lookAt(page, list([good]));
  assert.match(await page.locator('h1').innerText(), /sẽ giao 2 nhiệm vụ \(1 dòng\)/);
  await page.setViewportSize({ width: 360, height: 720 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${width} px`);
  await page.getByRole('button', { name: 'Giao 2 nhiệm vụ' }).click();
  assert.match(await page.locator('.received').innerText(), /Đã giao 2 nhiệm vụ/);
  await lookAt(page, list([good]));
  assert.match(await page.locator('h1').innerText(), /không giao thêm lần nữa/);
  await page.goto(`/tasks?text=${encodeURIComponent(work)}`);
  assert.match(await page.locator('.tasks li').first().innerText(), /2 nhiệm vụ giao cùng lúc/);
  await context.close();
});
