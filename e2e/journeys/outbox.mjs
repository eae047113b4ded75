// What can happen to the outbox while it is on its way: taken back, replaced, from two pages at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newcomer, ownPassword, start } from '../browser.mjs';
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
