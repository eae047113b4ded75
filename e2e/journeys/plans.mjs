// The province asks communes for plans: one finds it among its work and notes its plan, and the province
// sees who is missing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newcomer, start } from '../browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/** A day so many days from now, as the form takes it. @param {number} days */
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('plans are asked of communes, one answers and the other is named', async () => {
  const address = '/directives/kh-na-sam-mau/plans';
  const province = await newcomer(browser, 'leader', '20');
  await province.page.goto('/directives/kh-na-sam-mau');
  await province.page.getByRole('link', { name: 'Xem đơn vị nào đã ban hành' }).click();
  await province.page.locator('#codes').fill('06124, 06148');
  await province.page.locator('#due').fill(inDays(5));
  await province.page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
  assert.match(await province.page.locator('h1').innerText(), /^0\/2 đơn vị đã ban hành kế hoạch/);

  const commune = await newcomer(browser, 'reviewer', '06124');
  await commune.page.goto('/work');
  await commune.page.locator('section[aria-labelledby=plans] a', { hasText: '01-KH/UBND' }).click();
  assert.equal(new URL(commune.page.url()).pathname, address);
  assert.equal(await commune.page.locator('section[aria-labelledby=missing] li').count(), 1);
  await commune.page.locator('#issued_on').fill(inDays(-1));
  await commune.page.locator('#number').fill('09-KH/ĐU');
  await commune.page.getByRole('button', { name: 'Ghi nhận' }).click();
  assert.match(await commune.page.locator('section[aria-labelledby=issued] li').innerText(), /Kế hoạch 09-KH\/ĐU/);

  await province.page.goto(address);
  assert.match(await province.page.locator('h1').innerText(), /^1\/2 đơn vị đã ban hành kế hoạch/);
  assert.match(await province.page.locator('#message').inputValue(), /\n1\. Xã [^\n]+ – sắp đến hạn, còn \d+ ngày\.$/);
  await province.page.getByRole('button', { name: 'Thôi yêu cầu' }).click();
  assert.match(await province.page.locator('.received').innerText(), /Đã thôi yêu cầu/);
  for (const one of [province, commune]) {
    assert.deepEqual(one.complaints, []);
    await one.context.close();
  }
});
