// Collecting: a village sends figures, a commune returns them, they are corrected and approved.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open, signIn, start } from '../browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

const phone = { viewport: { width: 360, height: 720 } };

/**
 * Opens the form that was returned to the village, or the first one owed, and gives its address.
 * @param {import('playwright-core').Page} page
 */
async function openFirstForm(page) {
  await page.goto('/work');
  await page.locator('main a[href^="/entry/"]').first().click();
  await page.locator('form.entry').waitFor({ state: 'attached' });
  return new URL(page.url()).pathname;
}

test('figures are sent, returned with a reason, corrected and approved', async () => {
  const village = await open(browser, phone);
  await signIn(village.page, 'thon');
  assert.equal(new URL(village.page.url()).pathname, '/work', 'who owes figures begins with them');
  const form = await openFirstForm(village.page);
  const about = (await village.page.locator('.eyebrow').innerText()).trim();
  const first = village.page.locator('.entry .figure input').first();
  const last = village.page.locator('.entry .figure input').last();

  await first.fill('nhiều');
  await last.fill('14');
  await village.page.getByRole('button', { name: 'Gửi', exact: true }).click();
  await village.page.getByRole('alert').waitFor();
  assert.equal(await first.inputValue(), 'nhiều', 'what was typed stays');
  await first.fill('1');
  await village.page.getByRole('button', { name: 'Gửi', exact: true }).click();
  assert.match(await village.page.locator('.received').innerText(), /Đã nhận 4 số liệu/);

  const commune = await open(browser);
  await signIn(commune.page, 'xa');
  await commune.page.goto('/review');
  await commune.page.getByRole('link', { name: about }).click();
  await commune.page.getByText('Trả lại để sửa').click();
  await commune.page.locator('form.fields input[id^=reason-]').last().fill('Đối chiếu lại với sổ');
  await commune.page.getByRole('button', { name: 'Trả lại', exact: true }).click();

  await village.page.goto(form);
  assert.match(await village.page.locator('.entry .says').innerText(), /Đối chiếu lại với sổ/);
  await last.fill('15');
  await village.page.getByRole('button', { name: 'Gửi', exact: true }).click();
  await village.page.locator('.received').waitFor();

  await commune.page.goto('/review');
  await commune.page.getByRole('link', { name: about }).click();
  assert.match(await commune.page.locator('main table').first().innerText(), /15/);
  await commune.page.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await village.page.goto(form);
  assert.match(await village.page.locator('.standing-line').innerText(), /đã duyệt/);

  assert.deepEqual(village.complaints.filter((one) => !one.includes('status of 4')), []);
  assert.deepEqual(commune.complaints.filter((one) => !one.includes('status of 4')), []);
  await village.context.close();
  await commune.context.close();
});
