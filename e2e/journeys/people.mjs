// People: a card is printed, somebody takes it and signs in; one's own account; one-time codes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { oneTimeCode, open, ownPassword, signIn, start } from '../browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

const villageHead = `thon-${Date.now()}`;

test('an administrator prints a card and a village head takes it', async () => {
  const office = await open(browser);
  await signIn(office.page, 'quantri');
  await office.page.goto('/accounts');
  await office.page.locator('#name').fill('Trưởng thôn xem thử');
  await office.page.locator('#login').fill(villageHead);
  await office.page.locator('#role').selectOption('reporter');
  await office.page.locator('#unit').fill('06178-02');
  await office.page.getByRole('button', { name: 'Tạo và in thẻ mời' }).click();
  const card = await office.page.locator('.card .spelled').innerText();
  assert.ok(await office.page.locator('.card svg.qr').isVisible());
  await office.context.close();

  const phone = await open(browser, { viewport: { width: 360, height: 720 } });
  await phone.page.goto(new URL(card).pathname);
  await phone.page.locator('#password').fill('matkhau123456');
  await phone.page.getByRole('button', { name: 'Đặt mật khẩu và vào' }).click();
  assert.match(await phone.page.getByRole('alert').innerText(), /Mật khẩu dễ đoán/);
  await phone.page.locator('#password').fill(ownPassword);
  await phone.page.getByRole('button', { name: 'Đặt mật khẩu và vào' }).click();
  await phone.page.waitForURL((url) => !url.pathname.startsWith('/invitations'));
  await phone.page.goto('/account');
  assert.equal(await phone.page.locator('h1').innerText(), 'Trưởng thôn xem thử');
  await phone.page.goto(new URL(card).pathname);
  assert.match(await phone.page.locator('main').innerText(), /đã dùng hoặc đã hết hạn/);
  assert.equal(phone.complaints.filter((one) => !one.includes('status of 4')).join('\n'), '');
  await phone.context.close();
});

test('one-time codes are set up and then asked for', async () => {
  const { page, context } = await open(browser);
  await signIn(page, villageHead, ownPassword);
  await page.goto('/account/one-time-codes');
  const secret = await page.locator('input[name=secret]').inputValue();
  await page.locator('#code').fill(oneTimeCode(secret));
  await page.locator('#proof').fill(ownPassword);
  await page.getByRole('button', { name: 'Bật mã dùng một lần' }).click();
  const recovery = await page.locator('.codes li').allInnerTexts();
  assert.equal(recovery.length, 10);
  await context.close();

  const again = await open(browser);
  await again.page.goto('/sign-in');
  await again.page.locator('#login').fill(villageHead);
  await again.page.locator('#password').fill(ownPassword);
  await again.page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  assert.match(await again.page.getByRole('alert').innerText(), /chưa đúng/);
  assert.equal(await again.page.locator('#login').inputValue(), villageHead, 'what was typed stays');
  await again.page.locator('#password').fill(ownPassword);
  await again.page.locator('#code').fill(recovery[0]);
  await again.page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await again.page.waitForURL((url) => url.pathname === '/work');
  await again.context.close();
});

test('a list of people is looked at, taken in, and its cards stand on one page', async () => {
  const { page, context, complaints } = await open(browser);
  await signIn(page, 'quantri');
  await page.goto('/accounts/import');
  const [one, two] = [`ds1-${Date.now()}`, `ds2-${Date.now()}`];
  const header = 'Tên đăng nhập\tHọ tên\tVai trò\tMã đơn vị\n';
  await page.locator('#list').fill(`${header}${one}\tNgười Một\tGiám đốc\t06178-01\n`);
  await page.getByRole('button', { name: 'Xem trước' }).click();
  assert.match(await page.getByRole('alert').innerText(), /hàng 2, cột C/);
  const list = `${header}${one}\tNgười Một\tLãnh đạo\t182\n${two}\tNgười Hai\tBáo cáo số liệu\t06178-01\n`;
  await page.locator('#list').fill(list);
  await page.getByRole('button', { name: 'Xem trước' }).click();
  assert.equal(await page.locator('tbody tr').count(), 2);
  await page.getByRole('button', { name: 'Tạo và in thẻ mời' }).click();
  assert.equal(await page.locator('.card svg.qr').count(), 2);
  assert.equal(complaints.filter((text) => !text.includes('status of 4')).join('\n'), '');
  await context.close();
});
