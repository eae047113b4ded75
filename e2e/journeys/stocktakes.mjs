// A stocktake of the province: called, its figures frozen, minutes written by two people, a decision that
// becomes a task, a forecast, and closed; then it takes nothing more.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newcomer, start } from '../browser.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/** A day so many days from now, as the form takes it. @param {number} days */
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Presses a button of the page and waits for the page that comes. @param {Page} page @param {string} name */
async function press(page, name) {
  const button = page.getByRole('button', { name, exact: true });
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

test('a decision of a stocktake becomes a task, and what was held stays as it is', async () => {
  const place = `Phòng họp ${Date.now()}`;
  const title = `Rét đậm ${Date.now()}`;
  const leader = await newcomer(browser, 'leader', '20');
  const second = await newcomer(browser, 'leader', '20');
  const { page } = leader;

  await page.goto('/tasks');
  await page.getByRole('link', { name: 'Giao ban, sơ kết' }).click();
  await page.getByRole('link', { name: 'Lập cuộc họp' }).click();
  await page.locator('#place').fill(place);
  await page.locator('#chair').fill('Chủ tịch tỉnh');
  await press(page, 'Lập chương trình');
  const address = new URL(page.url()).pathname;
  assert.match(await page.locator('h1').innerText(), /nội dung cần bàn/);
  const found = await page.locator('ol.hot > li').count();
  assert.ok(found > 2, 'the agenda is made from what is behind, late and undecided');
  assert.ok(await page.locator('ol.hot a', { hasText: 'Nhiệm vụ quá hạn' }).count() > 0);

  await page.locator('#title').fill(title);
  await press(page, 'Thêm nội dung');
  await press(page, 'Chốt số liệu');
  assert.match(await page.locator('section[aria-labelledby=figures] > .quiet').innerText(), /^Chốt khi sổ cái có [\d.]+ mục/);

  // The second person writes about an item, the first about the added one: both stay.
  await second.page.goto('/work');
  await second.page.locator('section[aria-labelledby=stocktakes] a', { hasText: 'Giao ban' }).last().waitFor();
  await second.page.goto(address);
  await second.page.locator('#item-1 textarea').fill('Báo cáo hằng tuần');
  await press(second.page, 'Lưu chương trình và kết luận');
  const added = page.locator('ol.hot > li', { hasText: title });
  await added.locator('textarea').fill('Che chắn chuồng trại trước ngày 10');
  await page.locator('#item-2 input[type=checkbox]').uncheck();
  await press(page, `Giao nhiệm vụ về: ${title}`);

  assert.equal(await page.locator('#work').inputValue(), 'Che chắn chuồng trại trước ngày 10');
  await page.locator('#product').fill('Báo cáo');
  await page.locator('#responsibility').fill('Đúng hạn');
  await page.locator('#authority').fill('Chủ động lực lượng');
  await page.locator('#lead_codes').fill('06151');
  await page.locator('#deadline').fill(inDays(10));
  await press(page, 'Giao nhiệm vụ');
  assert.equal(new URL(page.url()).pathname, address);
  assert.equal(await page.locator('#item-1 textarea').inputValue(), 'Báo cáo hằng tuần');
  assert.equal(await page.locator('#item-2 input[type=checkbox]').isChecked(), false);
  const task = page.locator('ol.hot .tasks a', { hasText: 'Che chắn chuồng trại' });
  await task.click();
  await page.locator('.facts a', { hasText: 'Giao ban ngày' }).click();
  assert.equal(new URL(page.url()).pathname, address, 'the task leads back');

  await page.getByText('Ghi dự báo').click();
  await page.locator('#value').fill('150');
  await page.locator('#confidence').fill('7');
  await page.locator('#reason').fill('Đã có nguồn');
  await press(page, 'Lưu dự báo');
  await page.locator('section[aria-labelledby=forecasts] li', { hasText: '150, tin 7/10. Căn cứ: Đã có nguồn' }).waitFor();

  // Somebody who wrote about the same item is not written over.
  await second.page.locator('#item-1 textarea').fill('Báo cáo hằng tháng');
  await page.locator('#item-1 textarea').fill('Báo cáo hằng ngày');
  await press(page, 'Lưu chương trình và kết luận');
  await press(second.page, 'Lưu chương trình và kết luận');
  assert.match(await second.page.locator('.problems').innerText(), /Có người vừa ghi nội dung 1/);
  assert.equal(await second.page.locator('#item-1 textarea').inputValue(), 'Báo cáo hằng ngày');
  assert.equal(await second.page.locator('#item-1 .detail').innerText(), 'Báo cáo hằng tháng');

  // The room changes while the meeting is prepared.
  await page.getByText('Sửa ngày, địa điểm, chủ trì').click();
  await page.locator('#place').fill(`${place}, tầng 2`);
  await press(page, 'Lưu phần sửa');
  await page.locator('.facts dd', { hasText: `${place}, tầng 2` }).waitFor();

  await press(page, 'Kết thúc cuộc họp');
  assert.match(await page.locator('h1').innerText(), /giao 1 nhiệm vụ$/);
  assert.equal(await page.locator('main button').count(), 0, 'nothing more is written');
  for (const one of [leader, second]) {
    assert.deepEqual(one.complaints.filter((line) => !/422/.test(line)), []);
    await one.context.close();
  }
});

test('a stocktake that is not held stays in the list with its reason', async () => {
  const { page, context, complaints } = await newcomer(browser, 'leader', '20');
  await page.goto('/stocktakes/new');
  await page.locator('#day').fill(inDays(5));
  await page.locator('#place').fill('Hội trường');
  await page.locator('#chair').fill('Chủ tịch tỉnh');
  await press(page, 'Lập chương trình');
  const address = new URL(page.url()).pathname;
  await press(page, 'Chốt số liệu');
  assert.equal(await page.getByRole('button', { name: 'Kết thúc cuộc họp' }).count(), 0, 'before its day');
  await page.getByText('Không tổ chức cuộc họp này').click();
  await page.locator('#why').fill('Bão số 12');
  await press(page, 'Báo không tổ chức');
  assert.match(await page.locator('h1').innerText(), /không tổ chức$/);
  await page.goto('/stocktakes');
  await page.locator(`a[href="${address}"]`, { hasText: 'báo không tổ chức' }).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});
