// Many tasks are given by a list: the template is taken along, a list with a fault gives none and says
// where, the mended one gives all, and pressing twice gives them once. Then they take steps together.
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

test('tasks that were ticked take a step together on a phone, and each says what became of it', async () => {
  const work = `Kiểm tra cầu tràn ${Date.now()}`;
  const { page, context, complaints } = await newcomer(browser, 'leader', '20');
  const commune = await newcomer(browser, 'reporter', '06148', { javaScriptEnabled: false });
  await lookAt(page, list([1, 2, 3].map((at) => `${work} số ${at};Biên bản;Đủ;Chủ động;06148;${inDays(20)}`)));
  await page.getByRole('button', { name: 'Giao 3 nhiệm vụ' }).click();
  await page.locator('.received').waitFor();

  await commune.page.setViewportSize({ width: 360, height: 720 });
  const own = `/tasks?scope=led&text=${encodeURIComponent(work)}`;
  await commune.page.goto(own);
  await commune.page.getByLabel(`Chọn ${work} số 1`).check();
  await commune.page.getByLabel(`Chọn ${work} số 2`).check();
  await commune.page.getByRole('button', { name: 'Xử lý các nhiệm vụ đã chọn' }).click();
  assert.equal(await commune.page.locator('h1').innerText(), 'Đã chọn 2 nhiệm vụ');
  await commune.page.getByRole('button', { name: 'Tiếp nhận (2/2 nhiệm vụ)' }).click();
  assert.equal(await commune.page.locator('h1').innerText(), 'Tiếp nhận: xong cả 2 nhiệm vụ');
  await commune.page.getByRole('link', { name: 'Về danh sách' }).click();
  await commune.page.getByRole('link', { name: 'Chọn tất cả trong trang này' }).click();
  await commune.page.getByRole('button', { name: 'Xử lý các nhiệm vụ đã chọn' }).click();
  await commune.page.getByRole('button', { name: 'Tiếp nhận (1/3 nhiệm vụ)' }).click();
  assert.equal(await commune.page.locator('h1').innerText(), 'Tiếp nhận: 1 nhiệm vụ xong, 2 nhiệm vụ giữ nguyên');
  const kept = await commune.page.locator('.outcome').innerText();
  assert.equal(kept.match(/đang ở bước “đã tiếp nhận”/g)?.length, 2, kept);

  await page.goto(`/tasks?scope=given&text=${encodeURIComponent(work)}&tick=all`);
  await page.getByRole('button', { name: 'Xử lý các nhiệm vụ đã chọn' }).click();
  await page.locator('summary', { hasText: 'Gia hạn (3/3 nhiệm vụ)' }).click();
  await page.locator('#day-extend').fill(inDays(30).split('/').reverse().join('-'));
  await page.locator('#words-extend').fill('Mưa lũ kéo dài');
  await page.locator('details[open]').getByRole('button').click();
  assert.equal(await page.locator('h1').innerText(), 'Gia hạn: xong cả 3 nhiệm vụ');
  await page.locator('.outcome a').first().click();
  assert.match(await page.locator('.history li').first().innerText(), /Đã gia hạn[^]*Mưa lũ kéo dài/);
  assert.deepEqual(complaints, []);
  await context.close();
  await commune.context.close();
});
