// The phone without a signal: filled in a valley, killed, sent when the signal is back, returned,
// mended without a signal, approved; and two versions of one form.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { isAccessible, looks } from '../accessibility.mjs';
import { address, open, password, signIn, start } from '../browser.mjs';
import { line, phone, profile } from '../phone.mjs';

/** @typedef {Awaited<ReturnType<typeof phone>>} Phone */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/**
 * Fills the page of signing in.
 * @param {import('playwright-core').Page} page
 * @param {string} login
 */
async function enter(page, login) {
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(password);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/**
 * Signs in on a phone and opens its page, which then works by itself.
 * @param {import('playwright-core').Page} page
 * @param {string} address
 * @param {string} login
 */
async function settle(page, address, login) {
  await page.goto(`${address}/sign-in`);
  await enter(page, login);
  await page.goto(`${address}/entry/`);
  await page.locator('.tasks a').first().waitFor();
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/**
 * Fills the form of a month and sends it; the page says by which mark it went.
 * @param {import('playwright-core').Page} page
 * @param {string} month
 * @param {string[]} figures
 */
async function fillAndSend(page, month, figures) {
  await page.locator('.tasks a', { hasText: month }).first().click();
  const inputs = page.locator('.entry .figure input');
  await inputs.first().waitFor();
  for (const [at, figure] of figures.entries()) await inputs.nth(at).fill(figure);
  await page.locator('.mark.saved').waitFor();
  await page.getByRole('button', { name: 'Kiểm tra trước khi gửi' }).click();
  await page.getByRole('button', { name: /^Gửi / }).click();
  await page.waitForURL(/#\/sent\//);
  await page.locator('main :is(.mark.sending, .mark.received)').first().waitFor();
}

/**
 * The text on the page's queue.
 * @param {import('playwright-core').Page} page
 */
const words = (page) => page.locator('main').innerText();

/**
 * All that the browser keeps, as text.
 * @param {import('playwright-core').Page} page
 */
const keptHere = (page) => page.evaluate(async () => {
  const found = [];
  for (const { name = '' } of await indexedDB.databases()) {
    const request = indexedDB.open(name);
    /** @type {IDBDatabase} */
    const database = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      /** @type {any[]} */
      const records = await new Promise((resolve) => { all.onsuccess = () => resolve(all.result); });
      for (const record of records) {
        if (record instanceof CryptoKey) found.push(`key that can be read: ${record.extractable}`);
        else if (record.sealed) found.push(new TextDecoder('latin1').decode(record.sealed));
        else found.push(JSON.stringify(record));
      }
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  }
  return found;
});

/** What the overview says of the members admitted in a month, through the eyes of the district. */
async function admitted() {
  const district = await open(browser);
  await signIn(district.page, 'huyen');
  await district.page.goto('/indicators/A01?period=2023-08');
  const text = await district.page.locator('main').innerText();
  await district.context.close();
  return text;
}

test('two forms filled without a signal survive the end of the battery and arrive once', async () => {
  const [valley, folder] = [await line(), profile()];
  /** @type {Phone} */
  let head = await phone(folder);
  const before = await admitted();
  try {
    await settle(head.page, valley.address, 'thon');
    valley.cut();
    await head.page.reload();
    await head.page.locator('.banner').waitFor();
    assert.match(await words(head.page), /Không có mạng/);

    await fillAndSend(head.page, 'tháng 8/2023', ['7', '1', '2', '14']);
    assert.match(await words(head.page), /Đang gửi/);
    await head.page.getByRole('link', { name: 'Về danh sách' }).click();
    await fillAndSend(head.page, 'tháng 9/2023', ['2', '0', '1', '11']);
    await head.page.goto(`${valley.address}/entry/#/`);
    await head.page.locator('.mark.sending').nth(1).waitFor();

    // Nothing can be read in what the browser keeps, and the key cannot leave it.
    const kept = await keptHere(head.page);
    assert.ok(kept.includes('key that can be read: false'), 'the key stays inside');
    const legible = kept.filter((one) => /thon-thang|Kéo Sẻ|"text"|A01/.test(one));
    assert.deepEqual(legible, [], 'everything else is encrypted');
    assert.ok(kept.includes('/assets/app.js') && !kept.some((one) => one.includes('/api/')));

    await head.kill();
    head = await phone(folder);
    await head.page.goto(`${valley.address}/entry/`);
    await head.page.locator('.mark.sending').nth(1).waitFor();
    assert.match(await words(head.page), /2 báo cáo chưa gửi xong/);

    valley.mend();
    await head.page.evaluate(() => dispatchEvent(new Event('online')));
    // The session ended with the browser: whoever signs in again finds everything, and it is sent.
    await head.page.locator('.banner a', { hasText: 'Đăng nhập' }).click();
    await enter(head.page, 'thon');
    await head.page.locator('.mark.received').nth(1).waitFor();
    assert.equal(await head.page.locator('.mark.sending').count(), 0);

    // The commune returns one with its reason.
    const commune = await open(browser);
    await signIn(commune.page, 'xa');
    const about = 'Thôn Kéo Sẻ · tháng 8/2023';
    await commune.page.goto('/review');
    await commune.page.getByRole('link', { name: about }).click();
    await commune.page.getByText('Trả lại để sửa').click();
    await commune.page.locator('form.fields input[id^=reason-]').first().fill('Sót hai đồng chí');
    await commune.page.getByRole('button', { name: 'Trả lại', exact: true }).click();

    // It is seen with a signal and mended without one.
    await head.page.goto(`${valley.address}/entry/`);
    const back = head.page.locator('.tasks a', { hasText: 'tháng 8/2023' }).filter({ has: head.page.locator('.returned') });
    await back.waitFor();
    valley.cut();
    await back.click();
    assert.match(await head.page.locator('.says').first().innerText(), /Sót hai đồng chí/);
    await head.page.getByRole('link', { name: 'Về danh sách' }).click();
    await fillAndSend(head.page, 'tháng 8/2023', ['9']);
    assert.match(await words(head.page), /Đang gửi/);
    valley.mend();
    await head.page.goto(`${valley.address}/work`);
    await head.page.goto(`${valley.address}/entry/`);
    await head.page.locator('.mark.received').nth(2).waitFor();

    await commune.page.goto('/review');
    await commune.page.getByRole('link', { name: about }).click();
    assert.match(await commune.page.locator('main table').innerText(), /9/);
    await commune.page.getByRole('button', { name: 'Duyệt', exact: true }).click();
    const now = await admitted();
    assert.notEqual(now, before, 'the figure of the district changes');
    assert.deepEqual(head.complaints, []);
    await commune.context.close();
  } finally {
    await head.kill();
    valley.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

/**
 * The page bears every look.
 * @param {import('playwright-core').Page} page
 */
async function isAccessibleInAllLooks(page) {
  for (const { viewport, colorScheme } of Object.values(looks)) {
    if (viewport) await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await isAccessible(page);
  }
}

test('who comes late sees both versions and chooses', async () => {
  const valley = await line();
  const head = await open(browser, { baseURL: valley.address, bypassCSP: true });
  const { page } = head;
  try {
    await settle(page, valley.address, 'thon');
    valley.cut();
    await fillAndSend(page, 'tháng 10/2023', ['3', '1', '2', '15']);
    await isAccessibleInAllLooks(page);

    // Meanwhile an officer takes the figures down by telephone.
    const commune = await open(browser);
    await signIn(commune.page, 'xa');
    await page.goto(`${valley.address}/entry/#/`);
    const unit = /\/(\d+)\//.exec(await page.locator('.tasks a[href*="#/form/thon-thang"]').first().getAttribute('href') ?? '')?.[1];
    await commune.page.goto(`/entry/forms/thon-thang/units/${unit}/periods/2023-10`);
    const inputs = commune.page.locator('.entry .figure input');
    for (const [at, figure] of ['4', '1', '2', '16'].entries()) await inputs.nth(at).fill(figure);
    await commune.page.getByRole('button', { name: 'Gửi', exact: true }).click();
    await commune.page.locator('.received').waitFor();

    valley.mend();
    await page.reload();
    await page.locator('.mark.conflict').waitFor();
    await page.locator('.tasks a', { has: page.locator('.conflict') }).click();
    const choices = page.locator('.versions');
    await choices.nth(1).waitFor();
    assert.equal(await choices.count(), 2, 'only what differs is asked');
    assert.match(await choices.first().innerText(), /Trên máy này\s*3\s*Trên máy chủ\s*4/);
    await isAccessibleInAllLooks(page);
    await choices.nth(1).getByText('Trên máy chủ').click();
    await page.getByRole('button', { name: 'Lấy các số đã chọn' }).click();
    await page.getByRole('button', { name: 'Kiểm tra trước khi gửi' }).click();
    await page.getByRole('button', { name: /^Gửi / }).click();
    await page.locator('.mark.received').waitFor();
    await isAccessibleInAllLooks(page);
    await page.getByRole('link', { name: 'Xem số đã gửi' }).click();
    const sent = await page.locator('main').innerText();
    assert.match(sent, /\b3\b/);
    assert.match(sent, /\b16\b/);
    assert.deepEqual(head.complaints.filter((one) => !/ERR_|Failed to load|ViewTransition/.test(one)), []);
    await commune.context.close();
  } finally {
    await head.context.close();
    valley.close();
  }
});

test('mistakes are found on the phone, and what was copied has to be confirmed', async () => {
  const head = await open(browser, { bypassCSP: true });
  const { page } = head;
  await settle(page, address, 'thon');
  await isAccessibleInAllLooks(page);
  await page.locator('.tasks a', { hasText: 'quý III/2023' }).first().click();
  const first = page.locator('.entry .figure input').first();
  await first.fill('1.234');
  await page.getByRole('button', { name: 'Chép số kỳ trước' }).click();
  await page.getByRole('button', { name: 'Kiểm tra trước khi gửi' }).click();
  const problems = page.getByRole('alert');
  await problems.waitFor();
  assert.match(await problems.innerText(), /có thể hiểu là 1234/);
  assert.match(await problems.innerText(), /Số chép từ kỳ trước/);
  await isAccessibleInAllLooks(page);
  await problems.getByRole('link').first().click();
  assert.equal(await first.evaluate((input) => input === document.activeElement), true, 'the link leads to its field');
  await first.fill('1');
  const confirm = page.getByRole('button', { name: 'Đúng, vẫn như kỳ trước' });
  for (let left = await confirm.count(); left > 0; left -= 1) await confirm.first().click();
  await page.getByRole('button', { name: 'Kiểm tra trước khi gửi' }).click();
  await page.getByRole('button', { name: /^Gửi / }).waitFor();
  await isAccessibleInAllLooks(page);

  // Nothing is lost at the door.
  await page.goto('/account');
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await page.waitForURL(/#\/leaving/);
  await page.getByText('Còn 1 báo cáo chưa gửi').waitFor();
  await isAccessibleInAllLooks(page);
  await page.getByRole('link', { name: 'Xuất dữ liệu chưa gửi' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Lưu thành tệp' }).click()]);
  assert.match(fs.readFileSync(await download.path(), 'utf8'), /"text": "1"/);
  await isAccessibleInAllLooks(page);
  await page.goto('/entry/#/leaving');
  await page.getByLabel(/Tôi chấp nhận mất/).check();
  await page.getByRole('button', { name: 'Đăng xuất và xóa' }).click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
  const left = await page.evaluate(async () => [await caches.keys(), (await indexedDB.databases()).map(({ name }) => name)]);
  assert.deepEqual(left, [[], []], 'nothing stays on the device');
  assert.deepEqual(head.complaints.filter((one) => !/status of 4|ViewTransition/.test(one)), []);
  await head.context.close();
});
