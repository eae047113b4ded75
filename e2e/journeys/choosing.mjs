// What a unit makes its priority: proposed with its reasons, scored by several who do not see each
// other's points before giving their own, discussed, chosen, and ended.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newcomer, start } from '../browser.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/** Gives a proposal points. @param {Page} page @param {number[]} points */
async function score(page, points) {
  for (const [at, name] of ['key', 'urgent', 'complained'].entries()) {
    await page.locator(`#${name}-points`).selectOption(String(points[at]));
    await page.locator(`#${name}-reason`).fill('Theo phản ánh của dân');
  }
  await page.getByRole('button', { name: 'Gửi điểm' }).click();
  await page.locator('.received', { hasText: 'Đã nhận điểm' }).waitFor();
}

test('a proposal is scored by each before they see the others, chosen, and ended', async () => {
  const name = `Dời chợ ${Date.now()}`;
  const planner = await newcomer(browser, 'planner', '06148');
  const leader = await newcomer(browser, 'leader', '06148');
  await leader.page.setViewportSize({ width: 360, height: 720 });

  await planner.page.goto('/tasks');
  await planner.page.locator('main').getByRole('link', { name: 'Nội dung đột phá', exact: true }).click();
  await planner.page.waitForURL((url) => url.pathname === '/priorities');
  await planner.page.getByRole('link', { name: 'Đề xuất nội dung đột phá' }).click();
  await planner.page.waitForURL((url) => url.pathname === '/priorities/proposals');
  await planner.page.getByRole('link', { name: 'Đề xuất nội dung đột phá' }).last().click();
  await planner.page.locator('#name').fill(name);
  await planner.page.getByRole('button', { name: 'Mở đề xuất' }).click();
  await planner.page.getByRole('alert').getByText('Chưa nêu căn cứ nào').waitFor();
  await planner.page.locator('#complained-why').fill('Họp chợ dưới lòng đường');
  await planner.page.locator('#complained-indicator').selectOption('C07');
  await planner.page.getByRole('button', { name: 'Mở đề xuất' }).click();
  await planner.page.locator('h1', { hasText: name }).waitFor();
  const address = new URL(planner.page.url()).pathname;
  await score(planner.page, [5, 4, 3]);

  await leader.page.goto('/priorities/proposals');
  const row = leader.page.locator('tr', { hasText: name });
  assert.match(await row.innerText(), /chấm xong mới xem/);
  await row.getByRole('link').click();
  assert.equal(await leader.page.locator('table').count(), 0, 'nobody sees others first');
  await score(leader.page, [4, 4, 0]);
  const points = await leader.page.locator('tbody tr').first().innerText();
  assert.match(points, /Theo phản ánh/, 'then everybody is there with reasons');
  await leader.page.locator('#remark').fill('Nên gắn với bến xe');
  await leader.page.getByRole('button', { name: 'Gửi ý kiến' }).click();

  await planner.page.goto(address);
  await planner.page.locator('.history li', { hasText: 'Nên gắn với bến xe' }).waitFor();
  await planner.page.goto('/priorities/proposals');
  assert.match(await planner.page.locator('tr', { hasText: name }).innerText(), /4,5 \(4–5\)/);

  await planner.page.goto(address);
  await planner.page.locator('summary', { hasText: 'Chọn làm nội dung đột phá' }).click();
  const deciding = planner.page.locator('form:has(input[value=choose])');
  await deciding.locator('#choose-number').fill('07-NQ/ĐU');
  await deciding.locator('#choose-date').fill('2026-11-20');
  await deciding.locator('#choose-reason').fill('Điểm cao nhất');
  await deciding.locator('#head').fill('Chủ tịch UBND xã');
  assert.ok(await deciding.locator('input[value=C07]').isChecked(), 'what spoke for it judges it');
  await deciding.getByRole('button', { name: 'Chọn làm nội dung đột phá' }).click();
  await planner.page.locator('h1', { hasText: name }).waitFor();
  const priority = new URL(planner.page.url()).pathname;
  assert.match(priority, /^\/priorities\/dx-/);
  assert.match(await planner.page.locator('.facts').first().innerText(), /Chung 3,3; 2 người chấm/);

  // How the market looked before and looks after, from a phone; one is taken back.
  const pictures = leader.page.locator('.pictures');
  await leader.page.goto(priority);
  for (const [side, caption] of [['before', 'Hàng quán dưới lòng đường'], ['after', 'Chợ mới đã dùng']]) {
    await pictures.locator('summary', { hasText: 'Thêm ảnh' }).click();
    await pictures.locator('#photo').setInputFiles({ name: 'cho.png', mimeType: 'image/png', buffer: await leader.page.screenshot() });
    await pictures.locator('#side').selectOption(side);
    await pictures.locator('#caption').fill(caption);
    await pictures.getByRole('button', { name: 'Đưa ảnh lên' }).click();
    await leader.page.locator('.received', { hasText: 'Đã đưa ảnh lên' }).waitFor();
  }
  await planner.page.goto(priority);
  const [left, right] = await Promise.all(['Hàng quán', 'Chợ mới'].map((caption) => planner.page.getByAltText(caption).boundingBox()));
  assert.ok(left && right && left.x + left.width < right.x && left.y === right.y, 'before stands left of after');
  const [upper, lower] = await Promise.all(['Hàng quán', 'Chợ mới'].map((caption) => leader.page.getByAltText(caption).boundingBox()));
  assert.ok(upper && lower && upper.x === lower.x && upper.y < lower.y, 'on a phone above it');
  await planner.page.getByAltText('Chợ mới').scrollIntoViewIfNeeded();
  const drawn = () => [...document.querySelectorAll('.pictures img')].every((image) => image instanceof HTMLImageElement && image.naturalWidth > 0);
  await planner.page.waitForFunction(drawn);
  const after = planner.page.locator('figure', { hasText: 'Chợ mới' });
  await after.locator('summary').click();
  await after.locator('input[name=reason]').fill('Có mặt người dân');
  await after.getByRole('button').click();
  await planner.page.locator('.received', { hasText: 'Đã gỡ ảnh' }).waitFor();
  assert.equal(await planner.page.locator('.pictures figure').count(), 1);

  await planner.page.locator('summary', { hasText: 'Kết thúc hoặc thay thế' }).click();
  await planner.page.locator('#because').fill('Chợ đã dời xong');
  await planner.page.getByRole('button', { name: 'Kết thúc hoặc thay thế' }).click();
  await planner.page.locator('.facts', { hasText: 'Chợ đã dời xong' }).waitFor();
  await leader.page.goto(priority);
  assert.match(await leader.page.locator('.facts').first().innerText(), /07-NQ\/ĐU/, 'its history stays');
});
