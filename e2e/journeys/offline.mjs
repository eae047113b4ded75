// The phone without a signal: filled in a valley with a photograph, killed, sent when the signal is back,
// returned, mended without a signal, approved; two versions of one form; and a copy that an officer sends.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { isAccessibleInAllLooks } from '../accessibility.mjs';
import { address, open, signIn, start } from '../browser.mjs';
import { addPhotograph, enter, fillAndSend, forget, line, phone, photograph, profile, settle, words } from '../phone.mjs';

/** @typedef {Awaited<ReturnType<typeof phone>>} Phone */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/**
 * What a picture of a page turned out to be once it was fetched.
 * @param {import('playwright-core').Page} page
 */
async function picture(page) {
  const shown = page.locator('.photos img');
  await shown.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => /** @type {HTMLImageElement} */ (document.querySelector('.photos img')).complete);
  return shown.evaluate((/** @type {HTMLImageElement} */ image) => ({ width: image.naturalWidth, height: image.naturalHeight, alt: image.alt, src: image.src }));
}

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

    await fillAndSend(head.page, 'tháng 8/2023', ['7', '1', '2', '14'], addPhotograph);
    assert.match(await words(head.page), /Đang gửi/);
    await head.page.getByRole('link', { name: 'Về danh sách' }).click();
    await fillAndSend(head.page, 'tháng 9/2023', ['2', '0', '1', '11']);
    await head.page.goto(`${valley.address}/entry/#/`);
    await head.page.locator('.mark.sending').nth(1).waitFor();

    // Nothing can be read in what the browser keeps, and the key cannot leave it.
    const kept = await keptHere(head.page);
    assert.ok(kept.includes('key that can be read: false'), 'the key stays inside');
    const legible = kept.filter((one) => /thon-thang|Kéo Sẻ|"text"|A01|JFIF/.test(one));
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
    const seen = await picture(commune.page);
    assert.deepEqual([seen.width, seen.height], [1600, 1067], 'it was made smaller on the phone');
    assert.match(seen.alt, /^Ảnh 1: .+, Thôn Kéo Sẻ, tháng 8\/2023$/);
    const whole = await commune.page.request.get(seen.src);
    assert.ok((await whole.body()).length < 400 * 1024, 'it travels over a slow line');
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
    assert.equal(await head.page.locator('.photos img').count(), 1, 'the photograph stays beside what is mended');
    await head.page.getByRole('link', { name: 'Về danh sách' }).click();
    await fillAndSend(head.page, 'tháng 8/2023', ['9']);
    assert.match(await words(head.page), /Đang gửi/);
    valley.mend();
    await head.page.goto(`${valley.address}/work`);
    await head.page.goto(`${valley.address}/entry/`);
    await head.page.locator('.mark.received').nth(2).waitFor();

    await commune.page.goto('/review');
    await commune.page.getByRole('link', { name: about }).click();
    assert.match(await commune.page.locator('main table').first().innerText(), /9/);
    assert.equal((await picture(commune.page)).src, seen.src, 'the same photograph, which was sent once');
    await commune.page.getByRole('button', { name: 'Duyệt', exact: true }).click();
    const now = await admitted();
    assert.notEqual(now, before, 'the figure of the district changes');
    assert.deepEqual(head.complaints, []);
    await commune.context.close();
  } finally {
    await head.kill();
    valley.close();
    forget(folder);
  }
});

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

test('a copy that an officer sends carries its photographs, and the phone gets the same receipt', async () => {
  const valley = await line();
  const head = await open(browser, { baseURL: valley.address, bypassCSP: true });
  const { page } = head;
  try {
    await settle(page, valley.address, 'thon');
    valley.cut();
    let occasion = '';
    await fillAndSend(page, 'tháng 11/2023', ['1', '1', '2', '12'], async () => {
      const [, , form, unit, period] = new URL(page.url()).hash.split('/');
      occasion = `${form}/units/${unit}/periods/${period}`;
      // The disk is full: the figures stay, the page says so, and with room it goes.
      await page.evaluate(() => {
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function full(value, key) {
          if (!`${key}`.startsWith('photo/')) return put.call(this, value, key);
          IDBObjectStore.prototype.put = put;
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await page.locator('.photos input').nth(1).setInputFiles(await photograph(page));
      await page.getByText('Máy hết chỗ chứa').waitFor();
      assert.equal(await page.locator('.entry .figure input').nth(3).inputValue(), '12');
      assert.equal(await page.locator('.photos canvas').count(), 0);
      await addPhotograph(page);
      await page.locator('.photos input').nth(1).setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
      await page.getByText('Máy này không mở được ảnh đó').waitFor();
      await isAccessibleInAllLooks(page);
      await page.getByRole('button', { name: 'Bỏ ảnh' }).click();
      await page.getByText('Đã bỏ ảnh').waitFor();
      await addPhotograph(page);
    });
    await page.getByRole('link', { name: 'Xuất dữ liệu chưa gửi' }).click();
    await page.getByText('Mã quét không mang theo ảnh').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Lưu thành tệp' }).click()]);

    const commune = await open(browser, { bypassCSP: true });
    await signIn(commune.page, 'xa');
    await commune.page.goto('/carried');
    await commune.page.locator('#copy').setInputFiles(await download.path());
    await commune.page.getByRole('button', { name: 'Gửi thay' }).click();
    const taken = commune.page.locator('.tasks a');
    const number = /\((.+)\)/.exec(await taken.innerText())?.[1] ?? 'none';
    await taken.click();
    assert.equal((await picture(commune.page)).width, 1600);
    await isAccessibleInAllLooks(commune.page);
    await commune.page.goto(commune.page.url().replace('/submissions/', '/review/'));
    await picture(commune.page);
    await isAccessibleInAllLooks(commune.page);
    // The same form as a page: what a camera took is made smaller there too, and can be left out.
    await commune.page.goto(`/entry/forms/${occasion}`);
    await commune.page.getByText('Sửa số đã gửi').click();
    const camera = await photograph(commune.page);
    await commune.page.locator('#photo').setInputFiles(camera);
    await commune.page.waitForFunction((large) => [.../** @type {HTMLInputElement} */ (document.querySelector('#photo')).files ?? []].every((file) => file.size !== large), camera.buffer.length);
    await commune.page.locator('.photos input[type=checkbox]').uncheck();
    await commune.page.getByRole('button', { name: 'Lưu nháp' }).click();
    await commune.page.waitForURL(/entry/);
    await commune.page.locator('.photos img').waitFor();
    assert.equal((await picture(commune.page)).width, 1600);
    await isAccessibleInAllLooks(commune.page);

    valley.mend();
    await page.goto(`${valley.address}/entry/#/`);
    await page.reload();
    await page.locator('.mark.received', { hasText: number }).waitFor();
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
  const accepted = page.locator('.tasks a').filter({ has: page.locator('.approved') });
  assert.match(await accepted.first().innerText(), /đã duyệt/);
  assert.doesNotMatch((await accepted.allInnerTexts()).join('\n'), /quá hạn/, 'what was accepted is not overdue');
  await page.locator('.tasks a', { hasText: 'quý III/2023' }).first().click();
  assert.match(await page.locator('.standing-line').innerText(), /chưa nhập/, 'nobody has begun it');
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
