// A task of the province for a commune and its villages: given, acknowledged on a phone, reported,
// sent back, confirmed; and one that nobody can be made to lead.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { newcomer, start, take } from '../browser.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/** A day so many days from now, as the form takes it. @param {number} days */
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** @param {Page} page @param {string} work @param {string[]} codes */
async function give(page, work, codes) {
  await page.goto('/tasks/new');
  await page.locator('#work').fill(work);
  await page.locator('#product').fill('Biên bản');
  await page.locator('#responsibility').fill('Đúng hạn');
  await page.locator('#authority').fill('Chủ động lực lượng');
  await page.locator('#lead_codes').fill(codes.join(', '));
  await page.locator('#deadline').fill(inDays(5));
  await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
  await page.waitForLoadState();
}

/** What was made. */
const minutes = fileURLToPath(new URL('../../tests/documents/ke-hoach.docx', import.meta.url));

/** @param {Page} page */
const newest = (page) => page.locator('.history li b').first().innerText();

test('a task of the province is done by a commune and confirmed by the province', async () => {
  const work = `Dời chợ ${Date.now()}`;
  const province = await newcomer(browser, 'leader', '20');
  const commune = await newcomer(browser, 'reporter', '06151');
  await commune.page.setViewportSize({ width: 360, height: 720 });
  await give(province.page, work, ['06151']);
  assert.equal(await province.page.locator('h1').innerText(), work);
  const address = new URL(province.page.url()).pathname;

  await commune.page.goto('/work');
  await commune.page.locator('.tasks a', { hasText: work }).click();
  await commune.page.getByRole('button', { name: 'Tiếp nhận' }).click();
  await commune.page.locator('.history b', { hasText: 'Đã tiếp nhận' }).waitFor();
  await take(commune.page, 'Báo hoàn thành', 'Đã dời 40 hộ', 'Đã báo hoàn thành');
  assert.equal(await newest(commune.page), 'Đã báo hoàn thành');

  await province.page.goto('/work');
  await province.page.locator('.tasks a', { hasText: work }).click();
  await take(province.page, 'Yêu cầu làm lại', 'Thiếu biên bản', 'Đã yêu cầu làm lại');
  await commune.page.goto(address);
  assert.match(await commune.page.locator('main > .marks').innerText(), /yêu cầu làm lại/);
  await commune.page.locator('#file').setInputFiles(minutes);
  await commune.page.getByRole('button', { name: 'Tải lên' }).click();
  await commune.page.locator('.received').waitFor();
  await take(commune.page, 'Báo hoàn thành', 'Có biên bản số 5', 'Đã báo hoàn thành');
  assert.equal(await commune.page.locator('#file').count(), 0, 'nothing more is brought');
  await province.page.goto(address);
  const [file] = await Promise.all([
    province.page.waitForEvent('download'), province.page.locator('.files li a').click(),
  ]);
  assert.equal(file.suggestedFilename(), 'ke-hoach.docx');
  await province.page.getByRole('button', { name: 'Xác nhận hoàn thành' }).click();
  await province.page.locator('.history b', { hasText: 'Đã xác nhận hoàn thành' }).waitFor();
  assert.match(await province.page.locator('main > .marks').innerText(), /hoàn thành\s+đúng hạn/);
  for (const one of [province, commune]) {
    assert.deepEqual(one.complaints, []);
    await one.context.close();
  }
});

test('a commune gives a part of its task to a village, and both pages lead to each other', async () => {
  const work = `Lập hồ sơ ${Date.now()}`;
  const province = await newcomer(browser, 'leader', '20');
  const commune = await newcomer(browser, 'reviewer', '06151');
  await commune.page.setViewportSize({ width: 360, height: 720 });
  await give(province.page, work, ['06151']);
  const address = new URL(province.page.url()).pathname;
  await commune.page.goto(address);
  await commune.page.getByRole('link', { name: 'Giao một phần việc' }).click();
  assert.match(await commune.page.locator('main').innerText(), new RegExp(work));
  await commune.page.locator('#work').fill(`${work}: phần của thôn`);
  await commune.page.locator('#product').fill('Danh sách');
  await commune.page.locator('#responsibility').fill('Đúng hạn');
  await commune.page.locator('#authority').fill('Chủ động');
  await commune.page.locator('input[name=lead]').first().check();
  await commune.page.locator('#deadline').fill(inDays(3));
  await commune.page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
  await commune.page.locator('[aria-labelledby=part-of] a', { hasText: work }).click();
  assert.equal(new URL(commune.page.url()).pathname, address);
  assert.match(await commune.page.locator('[aria-labelledby=parts]').innerText(), /phần của thôn[^]*đã giao/);
  for (const one of [province, commune]) {
    assert.deepEqual(one.complaints, []);
    await one.context.close();
  }
});

test('a draft is kept unclear, completed on the same form, and given', async () => {
  const work = `Dự thảo ${Date.now()}`;
  const province = await newcomer(browser, 'leader', '20');
  const { page } = province;
  await page.setViewportSize({ width: 360, height: 720 });
  await page.goto('/tasks/new');
  await page.locator('#work').fill(work);
  await page.locator('#lead_codes').fill('06151');
  await page.locator('#deadline').fill(inDays(5));
  await page.getByRole('button', { name: 'Lưu dự thảo' }).click();
  await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
  assert.match(await page.locator('.problems').innerText(), /Chưa rõ sản phẩm/);
  await page.getByRole('link', { name: 'Sửa dự thảo' }).click();
  assert.equal(await page.locator('#work').inputValue(), work);
  await page.locator('#product').fill('Biên bản');
  await page.locator('#responsibility').fill('Đúng hạn');
  await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
  assert.deepEqual(await page.locator('.problems li a').allInnerTexts(), ['Thẩm quyền: Chưa rõ thẩm quyền. Ghi vào ô này trước khi giao.']);
  await page.locator('#authority').fill('Chủ động');
  await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
  await page.locator('.history b', { hasText: 'Đã giao' }).waitFor();
  // The browser reports the status of what was refused.
  assert.deepEqual(province.complaints.map((one) => /\b422\b/.test(one)), [true, true]);
  await province.context.close();
});

test('a task that is refused says why and keeps what was typed', async () => {
  const commune = await newcomer(browser, 'reviewer', '06151');
  await give(commune.page, 'Việc của tỉnh', ['20']);
  const problems = commune.page.locator('.problems');
  assert.match(await problems.innerText(), /tỉnh Lạng Sơn không thuộc xã Hội Hoan/);
  assert.equal(await commune.page.locator('#work').inputValue(), 'Việc của tỉnh');
  assert.equal(await commune.page.locator('#deadline').inputValue(), inDays(5));
  await commune.context.close();
});

test('a task for several communes is one line, and each commune one of its own', async () => {
  const work = `Kế hoạch ${Date.now()}`;
  const province = await newcomer(browser, 'leader', '20');
  await give(province.page, work, ['06124', '06148', '06151']);
  assert.equal(await province.page.locator('.tasks li').count(), 3);
  await province.page.goto(`/tasks?text=${encodeURIComponent(work)}`);
  const line = province.page.locator('.tasks a');
  assert.equal(await line.count(), 1);
  assert.match(await line.innerText(), /3 nhiệm vụ giao cùng lúc: 0 hoàn thành, 0 quá hạn/);
  await line.click();
  assert.equal(await province.page.locator('.tasks li').count(), 3);
  assert.deepEqual(province.complaints, []);
  await province.context.close();
});

test('a document beside a directive is found by what it says, replaced, and taken away with a reason', async () => {
  const { page, context, complaints } = await newcomer(browser, 'planner', '');
  await page.goto('/directives/ct-05');
  await page.locator('#file').setInputFiles(minutes);
  await page.getByRole('button', { name: 'Tải lên' }).click();
  await page.locator('.received').waitFor();
  await page.goto('/search?q=to+cong+tac+gom+7');
  assert.match(await page.locator('main').innerText(), /có trong tệp ke-hoach\.docx/);

  await page.goto('/directives/ct-05');
  await page.locator('.files > ul summary').click();
  const scan = fileURLToPath(new URL('../../tests/documents/ke-hoach.pdf', import.meta.url));
  await page.locator('.files details[open] input[type=file]').setInputFiles(scan);
  await page.getByRole('button', { name: 'Thay tệp' }).click();
  await page.locator('.received').waitFor();
  assert.deepEqual(await page.locator('.files > ul > li > a').allInnerTexts(), ['ke-hoach.pdf']);

  await page.locator('.files > ul summary').click();
  await page.locator('.files details[open] input[name=reason]').fill('Tải nhầm văn bản');
  await page.getByRole('button', { name: 'Gỡ tệp' }).click();
  await page.locator('.received').waitFor();
  await page.locator('.files > details summary').click();
  assert.match(await page.locator('.files > details').innerText(), /ke-hoach\.pdf[^]*Tải nhầm văn bản/);
  assert.deepEqual(complaints, []);
  await context.close();
});
