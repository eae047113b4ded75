// Planning: an item and a form with it are made, looked at and published, and the village it is for
// sees it, until it is ended again; a day of rest is entered and taken out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newcomer, start } from '../browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/** @param {Date} day */
const written = (day) => day.toISOString().slice(0, 10);

test('a planner makes an item and a form with it, and its village sees both', async () => {
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  const [item, code, name] = [`J${Date.now()}`, `j-${Date.now()}`, `Hộ thoát nghèo ${Date.now()}`];
  const planner = await newcomer(browser, 'planner', '');
  const village = await newcomer(browser, 'reporter', '06124-05');
  const { page } = planner;

  await page.goto('/forms');
  await page.getByRole('link', { name: 'Chỉ số thu thập' }).click();
  for (const [field, text] of [['code', item], ['name_vi', `Số ${name}`], ['name_en', `Number ${name}`], ['measure_vi', 'hộ']]) {
    await page.locator(`#${field}`).fill(text);
  }
  await page.getByRole('button', { name: 'Thêm chỉ số', exact: true }).click();
  await page.locator('.received', { hasText: item }).waitFor();

  await page.goto('/forms');
  for (const [field, text] of [
    ['code', code], ['from', written(month)], ['name_vi', name], ['name_en', name], ['units', '06124-05'],
    ['due_number', '31'], ['lines', `# Giảm nghèo | Poverty\n${item} | Theo sổ của thôn`],
  ]) await page.locator(`#${field}`).fill(text);
  await page.locator('#due').selectOption({ label: 'Vào một ngày cố định trong tháng' });
  await page.locator('#rest_days').selectOption({ label: 'Lùi sang ngày làm việc kế tiếp' });
  await page.getByRole('button', { name: 'Xem trước' }).click();
  assert.match(await page.getByRole('alert').innerText(), /“31”: ở đây cần một số nguyên từ 1 đến 28/);
  await page.locator('#due_number').fill('20');
  await page.getByRole('button', { name: 'Xem trước' }).click();
  assert.match(await page.locator('#due-means').innerText(), /^Hạn ngày 20 đầu tiên sau kỳ; .*Các hạn tới: /);
  assert.match(await page.locator('#seen').innerText(), /Giảm nghèo[^]*Theo sổ của thôn/);
  await page.getByRole('button', { name: 'Ban hành' }).click();
  await page.waitForURL((url) => url.pathname === `/forms/${code}`);

  await village.page.setViewportSize({ width: 360, height: 720 });
  await village.page.goto('/work');
  await village.page.locator('main a[href^="/entry/"]', { hasText: name }).first().click();
  assert.match(await village.page.locator('form.entry').innerText(), /Giảm nghèo[^]*Theo sổ của thôn/);

  // Nobody has reported yet, so it is taken back whole.
  await page.locator('#ends').fill(written(month));
  await page.getByRole('button', { name: 'Thôi dùng' }).click();
  await page.getByRole('button', { name: 'Dùng lại' }).waitFor();
  await village.page.goto('/work');
  assert.equal(await village.page.locator('main a[href^="/entry/"]', { hasText: name }).count(), 0);
  // The refusal came with its status, which the browser tells.
  assert.deepEqual(planner.complaints.filter((said) => !/status of 422/.test(said)), []);
  assert.deepEqual(village.complaints, []);
  for (const one of [planner, village]) await one.context.close();
});

test('a day of rest is entered for its year and taken out again', async () => {
  const planner = await newcomer(browser, 'planner', '');
  const { page } = planner;
  await page.goto('/forms');
  const day = written(new Date(Date.now() + 200 * 86_400_000));
  await page.getByRole('link', { name: 'Ngày nghỉ' }).click();
  await page.locator('#first').fill(day);
  await page.locator('#name_vi').fill('Nghỉ bù');
  await page.locator('#name_en').fill('Day off in lieu');
  await page.getByRole('button', { name: 'Ghi ngày nghỉ', exact: true }).click();
  await page.locator('.received', { hasText: 'Đã ghi ngày nghỉ' }).waitFor();
  const line = page.locator('.lines li', { hasText: 'Nghỉ bù' });
  await line.getByRole('button').click();
  await page.locator('.received', { hasText: 'Đã bỏ ngày nghỉ' }).waitFor();
  assert.equal(await line.count(), 0);
  assert.deepEqual(planner.complaints, []);
  await planner.context.close();
});
