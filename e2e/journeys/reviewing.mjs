// Reviewing: with the keyboard alone, at the pace of somebody who has many to judge.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isWellSet, looks } from '../accessibility.mjs';
import { newcomer, oneTimeCode, open, ownPassword, pressKey, sendMonths, signIn, start } from '../browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

test('three submissions are judged with the keyboard alone, one of them returned with a reason', async () => {
  const sender = await newcomer(browser, 'reporter', '06124');
  await sendMonths(sender.page, 3);
  const { page, context, complaints, login } = await newcomer(browser, 'reviewer', '06124');
  await page.goto('/review');
  const press = (/** @type {string} */ key) => pressKey(page, key);
  const heading = () => page.locator('h1').innerText();
  const first = await page.locator('.queue a b').first().innerText();

  // The list: down, up again, open.
  await press('j');
  await press('j');
  await press('k');
  await press('Enter');
  await page.waitForURL(/\/review\/./);
  assert.equal(await heading(), first);
  assert.match(await page.locator('.turn').innerText(), /Báo cáo 1\/3/);

  // From one to the next and back, and to the list and back.
  await press('j');
  await page.getByText('Báo cáo 2/3').waitFor();
  await press('k');
  await page.getByText('Báo cáo 1/3').waitFor();
  await press('Escape');
  await page.waitForURL((url) => url.pathname === '/review');
  await press('j');
  await press('Enter');
  await page.getByText('Báo cáo 1/3').waitFor();

  // What there is to press is listed.
  await press('?');
  const keys = await page.locator('dialog').innerText();
  for (const key of ['A: Duyệt', 'R: Trả lại để sửa', 'J: Báo cáo sau', 'Escape: Về danh sách']) {
    assert.ok(keys.includes(key), keys);
  }
  await press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });

  // The first is approved, and the next one opens by itself and says so.
  await press('a');
  await page.locator('.received').waitFor();
  assert.equal((await page.locator('.received').innerText()).split('.')[0], `Đã duyệt: ${first.replace(' · ', ', ')}`);
  assert.match(await page.locator('.received').innerText(), /Còn 2 báo cáo chờ duyệt/);

  // The second is returned: keys are letters while one writes, and leaving the reasons keeps them.
  await press('r');
  await page.keyboard.type('ja');
  await press('Escape');
  assert.equal(await page.locator('details').first().getAttribute('open'), null);
  await press('r');
  assert.equal(await page.locator('details input:focus').inputValue(), 'ja');
  await page.keyboard.type(': đối chiếu lại với sổ');
  await press('Enter');
  await page.getByText('Còn 1 báo cáo chờ duyệt').waitFor();
  assert.match(await page.locator('.received').innerText(), /^Đã trả lại/);

  // Switched off, keys do nothing.
  await press('?');
  await page.locator('dialog input[type=checkbox]').uncheck();
  await press('Escape');
  await press('a');
  await press('j');
  await page.reload();
  assert.equal(await page.locator('kbd').count(), 0);
  assert.match(await page.locator('.turn').innerText(), /Báo cáo 1\/1/);
  await page.evaluate(() => localStorage.removeItem('dotpha-single-keys'));
  await page.reload();
  await press('a');
  await page.getByText('Không còn báo cáo nào chờ duyệt').waitFor();
  assert.equal(new URL(page.url()).pathname, '/review');
  assert.deepEqual(complaints, []);
  await context.close();
  await sender.context.close();

  const plain = await open(browser, { javaScriptEnabled: false });
  await signIn(plain.page, login, ownPassword);
  await plain.page.goto('/review');
  assert.equal(await plain.page.locator('kbd').count(), 0, 'without scripts no keys are promised');
  await plain.context.close();
});

test('a browser that gave no code returns nothing before it gives one, and what was written stays', async () => {
  const sender = await newcomer(browser, 'reporter', '06148');
  await sendMonths(sender.page, 1);
  const { page, context, complaints, login } = await newcomer(browser, 'reviewer', '06148');
  const other = await open(browser);
  await signIn(other.page, login, ownPassword);
  await other.page.goto('/account/one-time-codes');
  const secret = await other.page.locator('input[name=secret]').inputValue();
  await other.page.locator('#code').fill(oneTimeCode(secret));
  await other.page.locator('#proof').fill(ownPassword);
  await other.page.getByRole('button', { name: 'Bật mã dùng một lần' }).click();
  await other.page.locator('.codes').waitFor();

  await page.goto('/review');
  await pressKey(page, 'j');
  await pressKey(page, 'Enter');
  await page.locator('.turn').waitFor();
  const judged = new URL(page.url()).pathname;
  await pressKey(page, 'r');
  await page.keyboard.type('Sót hai hộ ở cuối thôn');
  await pressKey(page, 'Enter');
  await page.locator('input[name=one_time_code]').fill('000000');
  await pressKey(page, 'Enter');
  await page.getByText('Mã chưa đúng hoặc đã hết hạn').waitFor();
  await page.locator('input[name=one_time_code]').fill(oneTimeCode(secret, 1));
  await pressKey(page, 'Enter');
  await page.getByText('Không còn báo cáo nào chờ duyệt').waitFor();
  await page.goto(judged);
  assert.match(await page.locator('.history').innerText(), /Sót hai hộ ở cuối thôn/);
  assert.deepEqual(complaints.filter((one) => !one.includes('status of 4')), []);
  for (const one of [context, other.context, sender.context]) await one.close();
});

test('controls of an officer\'s pages stand apart, and sentences begin with a capital', async () => {
  const { page, context } = await open(browser);
  await signIn(page, 'xa');
  const month = 'form=thon-thang&period=2023-07';
  for (const path of ['/work', '/review', `/collection?${month}`, '/collection/rates?form=thon-thang', '/grid/forms/thon-thang/periods/2023-07']) {
    await page.goto(path);
    for (const { viewport, colorScheme } of Object.values(looks)) {
      if (viewport) await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await isWellSet(page);
    }
  }
  await context.close();
});
