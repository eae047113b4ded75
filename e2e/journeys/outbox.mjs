// What can happen to the outbox while it is on its way: taken back, replaced, from two pages at once.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { isAccessibleInAllLooks } from '../accessibility.mjs';
import { newcomer, open, ownPassword, signIn, start } from '../browser.mjs';
import { addPhotograph, fillAndSend, line, settle, words } from '../phone.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/**
 * The head of a village on a line of their own, whose page works by itself.
 * @param {string} unit
 */
async function village(unit) {
  const [valley, head] = [await line(), await newcomer(browser, 'reporter', unit)];
  await head.page.setViewportSize({ width: 360, height: 740 });
  await settle(head.page, valley.address, head.login, ownPassword);
  return { ...head, valley };
}

/**
 * What the server has of a month: how many revisions, and the figures as they were typed.
 * @param {Page} page
 * @param {string} period
 */
async function onServer(page, period) {
  const { forms } = await (await page.request.get('/api/forms')).json();
  const found = forms.find((/** @type {any} */ form) => form.form === 'thon-thang' && form.period === period);
  return { revision: found.base.revision, first: found.fields[0].text };
}

/**
 * Takes back what is on its way.
 * @param {Page} page
 */
async function takeBack(page) {
  await page.getByRole('button', { name: 'Lấy lại để sửa' }).click();
  await page.locator('.entry .figure input').first().waitFor();
}

/**
 * Types another first figure, looks over and sends again.
 * @param {Page} page
 * @param {string} figure
 */
async function sendAnother(page, figure) {
  await page.locator('.entry .figure input').first().fill(figure);
  await page.getByRole('button', { name: 'Kiểm tra trước khi gửi' }).click();
  await page.getByRole('button', { name: /^Gửi / }).click();
  await page.waitForURL(/#\/sent\//);
}

test('what is taken back while its photograph is on its way is not sent', async () => {
  const { page, context, valley } = await village('06178-02');
  try {
    const underway = page.waitForRequest(/\/api\/attachments\//);
    valley.hold();
    await fillAndSend(page, 'tháng 8/2023', ['7', '1', '2', '14'], addPhotograph);
    await underway;
    await takeBack(page);
    const arrived = page.waitForResponse(/\/api\/attachments\//);
    valley.letGo();
    await arrived;
    await page.getByRole('link', { name: 'Về danh sách' }).click();
    await page.locator('.mark.saved').waitFor();
    await page.reload();
    await page.locator('.mark.saved').waitFor();
    assert.doesNotMatch(await words(page), /Chưa gửi xong|Biên nhận/, 'it waits for nobody');
    assert.deepEqual(await onServer(page, '2023-08'), { revision: 0, first: '' });
    assert.equal(await page.locator('.tasks a', { has: page.locator('.saved') }).count(), 1, 'what was typed is a draft');
  } finally {
    await context.close();
    valley.close();
  }
});

test('what takes the place of another on its way is the only one that is sent, also from another page', async () => {
  const { page, context, valley } = await village('06178-03');
  const other = await context.newPage();
  try {
    const underway = page.waitForRequest(/\/api\/attachments\//);
    await other.goto(`${valley.address}/entry/`);
    await other.locator('.tasks a').first().waitFor();
    valley.hold();
    await fillAndSend(page, 'tháng 8/2023', ['7', '1', '2', '14'], addPhotograph);
    await underway;
    await other.locator('.tasks a', { has: other.locator('.sending') }).click();
    await takeBack(other);
    await sendAnother(other, '9');
    valley.letGo();
    await other.locator('.mark.received').waitFor();
    await page.goto(`${valley.address}/entry/`);
    await page.locator('.mark.received').waitFor();
    assert.equal(await page.locator('.mark.received').count(), 1, 'one receipt');
    assert.deepEqual(await onServer(page, '2023-08'), { revision: 1, first: '9' });
  } finally {
    await context.close();
    valley.close();
  }
});

test('what had arrived before it was taken back is corrected, not contradicted', async () => {
  const { page, context, valley } = await village('06178-04');
  try {
    const underway = page.waitForRequest(/\/api\/submissions\//);
    valley.hold();
    await fillAndSend(page, 'tháng 8/2023', ['7', '1', '2', '14']);
    await underway;
    await takeBack(page);
    await page.locator('.entry .figure input').first().fill('8');
    const arrived = page.waitForResponse(/\/api\/submissions\//);
    valley.letGo();
    await arrived;
    await sendAnother(page, '9');
    await page.locator('.mark.received').waitFor();
    assert.deepEqual(await onServer(page, '2023-08'), { revision: 2, first: '9' });
    await page.getByRole('link', { name: 'Về danh sách' }).click();
    await page.locator('.mark.received').nth(1).waitFor();
    assert.equal(await page.locator('.mark.conflict').count(), 0);
  } finally {
    await context.close();
    valley.close();
  }
});

test('a phone that comes after the lock is told so, loses nothing, and sends once the period is open again', async () => {
  const { page, context, valley } = await village('06178-05');
  const commune = await open(browser);
  try {
    // What there is to do is one number on both pages, and what stays behind is said.
    const finding = await page.locator('h1').innerText();
    await page.getByText(/Còn \d+ báo cáo phải gửi chưa tải về máy này/).waitFor();
    await page.goto(`${valley.address}/work`);
    assert.equal(await page.locator('h1').innerText(), finding);
    await page.goto(`${valley.address}/entry/`);

    valley.cut();
    await fillAndSend(page, 'tháng 8/2023', ['7', '1', '2', '14']);
    await page.getByRole('link', { name: 'Về danh sách' }).click();
    const unit = /thon-thang\/(\d+)\//.exec(await page.locator('.tasks a[href*="#/form/thon-thang"]').first().getAttribute('href') ?? '')?.[1];
    await signIn(commune.page, 'xa');
    await commune.page.goto(`/collection?unit=${unit}&form=thon-thang&period=2023-08`);
    await commune.page.getByText('Khóa kỳ này').first().click();
    await commune.page.locator('#lock-reason').fill('Đã chốt quý');
    await commune.page.getByRole('button', { name: 'Khóa kỳ này' }).click();
    await commune.page.getByText('Kỳ này đã khóa').waitFor();

    valley.mend();
    await page.reload();
    await page.locator('.tasks a', { has: page.locator('.refused') }).click();
    await page.getByText('Máy chủ chưa nhận. Số liệu vẫn nguyên trên máy này').waitFor();
    assert.match(await page.locator('.problems').innerText(), /đã khóa, không nhận số liệu nữa/);
    await isAccessibleInAllLooks(page);
    await page.getByRole('button', { name: 'Lấy lại để sửa' }).click();
    await page.getByText('Lý do khóa: “Đã chốt quý”.').waitFor();
    assert.match(await page.locator('.problems').innerText(), /xuất ra được/);
    assert.equal(await page.locator('.entry .figure input').first().inputValue(), '7', 'what was typed is there');
    assert.equal(await page.locator('.entry .figure input:not([readonly])').count(), 0, 'and is only read');
    assert.equal(await page.getByRole('button', { name: 'Kiểm tra trước khi gửi' }).count(), 0);
    await isAccessibleInAllLooks(page);
    await page.getByRole('link', { name: 'Xuất dữ liệu chưa gửi' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Lưu thành tệp' }).click()]);
    assert.match(fs.readFileSync(await download.path(), 'utf8'), /"text": "7"/);

    await commune.page.locator('summary', { hasText: 'Mở khóa' }).click();
    await commune.page.locator('#lock-reason').fill('Sót một hộ');
    await commune.page.locator('#lock-until').fill(new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10));
    await commune.page.getByRole('button', { name: 'Mở khóa', exact: true }).click();
    await commune.page.getByText('Đã mở khóa: nhận số liệu').waitFor();
    await page.goto(`${valley.address}/entry/`);
    await page.reload();
    await page.locator('.tasks a', { has: page.locator('.saved') }).click();
    await page.getByRole('button', { name: 'Kiểm tra trước khi gửi' }).click();
    await page.getByRole('button', { name: /^Gửi / }).click();
    await page.locator('.mark.received').waitFor();
  } finally {
    await commune.context.close();
    await context.close();
    valley.close();
  }
});

test('signing out over a slow line shows that it is under way and is done once', async () => {
  const { page, context, valley } = await village('06178-06');
  try {
    await page.goto(`${valley.address}/account`);
    const button = page.getByRole('button', { name: 'Đăng xuất' });
    // A page that is being left answers no questions, so it tells by itself.
    await button.evaluate((/** @type {HTMLButtonElement} */ shown) => {
      new MutationObserver(() => console.log(`${shown.textContent} ${shown.disabled}`)).observe(shown, { childList: true });
    });
    const told = page.waitForEvent('console', (message) => message.text() === 'Đang đăng xuất… true');
    valley.hold();
    await button.click({ noWaitAfter: true });
    await told;
    valley.letGo();
    await page.waitForURL((url) => url.pathname === '/sign-in');
  } finally {
    await context.close();
    valley.close();
  }
});
