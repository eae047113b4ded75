// What stands in the way of a village: raised on a phone, passed on by the commune, answered by the
// province, asked again, and closed by the village.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newcomer, open as browse, signIn, start, take } from '../browser.mjs';
import { enter, forget, line, phone, profile, settle, words } from '../phone.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/** Opens what waits on the page of one's work. @param {Page} page @param {string} trouble */
async function open(page, trouble) {
  await page.goto('/work');
  await page.locator('.tasks a', { hasText: trouble }).click();
  await page.locator('h1', { hasText: trouble }).waitFor();
}

test('a village says what is in its way, and closes it when the answer has helped', async () => {
  const trouble = `Đường vào thôn sạt lở ${Date.now()}`;
  const village = await newcomer(browser, 'reporter', '06178-02');
  const commune = await newcomer(browser, 'leader', '06172');
  const province = await newcomer(browser, 'leader', '20');
  await village.page.setViewportSize({ width: 360, height: 720 });

  await village.page.goto('/work');
  await village.page.getByRole('link', { name: 'Báo khó khăn' }).click();
  await village.page.getByRole('button', { name: 'Báo khó khăn' }).click();
  assert.equal(new URL(village.page.url()).pathname, '/difficulties/new', 'a line is asked for');
  await village.page.locator('#trouble').fill(trouble);
  await village.page.locator('#detail').fill('Cần máy xúc trong tuần');
  const holder = village.page.locator('#holder option').first();
  assert.match(await holder.innerText(), /xã/i, 'the nearest unit above is offered first');
  await village.page.getByRole('button', { name: 'Báo khó khăn' }).click();
  await village.page.locator('.history b', { hasText: 'Đã báo khó khăn' }).waitFor();
  const address = new URL(village.page.url()).pathname;

  await open(commune.page, trouble);
  await take(commune.page, 'Chuyển đơn vị khác trả lời', 'Xã không có máy xúc', 'Đã chuyển khó khăn');
  await open(province.page, trouble);
  await take(province.page, 'Trả lời', 'Tỉnh điều máy sáng thứ hai', 'Đã trả lời khó khăn');

  await open(village.page, trouble);
  await take(village.page, 'Chưa gỡ được, hỏi lại', 'Máy chưa đến', 'Đã hỏi lại');
  await open(province.page, trouble);
  await take(province.page, 'Trả lời', 'Máy đến chiều nay', 'Đã trả lời khó khăn');
  await village.page.goto(address);
  await village.page.getByRole('button', { name: 'Khép lại', exact: true }).click();
  await village.page.locator('.history li:first-child b', { hasText: 'Đã khép lại khó khăn' }).waitFor();
  const steps = await village.page.locator('.history li b').count();
  assert.equal(steps, 6);

  await province.page.goto('/difficulties?state=closed');
  await province.page.locator('.tasks a', { hasText: trouble }).waitFor();
  assert.match(await province.page.locator('p.beside').innerText(), /đúng hạn/);
});

test('a difficulty written in a valley survives the end of the battery and arrives once', async () => {
  const trouble = `Cầu treo hỏng ${Date.now()}`;
  const [valley, folder] = [await line(), profile()];
  let head = await phone(folder);
  try {
    await settle(head.page, valley.address, 'thon');
    valley.cut();
    await head.page.getByRole('link', { name: 'Báo khó khăn' }).click();
    await head.page.locator('button.main').click();
    assert.match(await head.page.locator('[role=alert]').innerText(), /Chưa ghi khó khăn gì/);
    await head.page.locator('#trouble').fill(trouble);
    await head.page.locator('#detail').fill('Cần xã cấp ván');
    await head.page.reload();
    await head.page.waitForFunction((said) => /** @type {HTMLInputElement | null} */ (document.querySelector('#trouble'))?.value === said, trouble);
    await head.page.locator('button.main').click();
    await head.page.locator('.mark.sending').waitFor();

    await head.kill();
    head = await phone(folder);
    await head.page.goto(`${valley.address}/entry/`);
    await head.page.locator('.tasks a', { hasText: trouble }).waitFor();
    valley.mend();
    await head.page.evaluate(() => dispatchEvent(new Event('online')));
    // The session ended with the browser.
    await head.page.locator('.banner a', { hasText: 'Đăng nhập' }).click();
    await enter(head.page, 'thon');
    await head.page.locator('.tasks a', { hasText: trouble }).filter({ has: head.page.locator('.mark.received') }).waitFor();
    assert.match(await words(head.page), /Đã nhận/);

    const commune = await browse(browser);
    await signIn(commune.page, 'xa');
    await commune.page.goto('/difficulties?state=waiting');
    assert.equal(await commune.page.locator('.tasks a', { hasText: trouble }).count(), 1);
    await commune.context.close();
  } finally {
    await head.kill();
    valley.close();
    forget(folder);
  }
});
