// An officer holds a phone's codes before the camera of their own: each is read once, in any order.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isAccessibleInAllLooks } from '../accessibility.mjs';
import { open, signIn, start } from '../browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/** A camera, and a reader of codes, as phones have them: it sees one code after another. @param {string[]} codes */
function devices(codes) {
  let seen = 0;
  Object.assign(window, {
    BarcodeDetector: class {
      static async getSupportedFormats() { return ['qr_code']; }
      async detect() { return [{ rawValue: codes[Math.min(seen++, codes.length - 1)] }]; }
    },
  });
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
    return canvas.captureStream(5);
  };
}

test('codes of a phone are scanned with the camera, each once, until all are there', async () => {
  const { page, context, complaints } = await open(browser, { bypassCSP: true });
  const [one, other] = ['dotpha ab12 1/2 {"dot', 'dotpha ab12 2/2 pha":1}'];
  await page.addInitScript(devices, [other, other, one, other]);
  await signIn(page, 'xa');
  await page.goto('/carried');
  await page.getByRole('button', { name: 'Quét bằng máy ảnh' }).click();
  await page.getByText('Đã quét 2/2').waitFor();
  assert.deepEqual((await page.locator('#text').inputValue()).split('\n'), [other, one]);
  assert.equal(await page.locator('video').isVisible(), false, 'the camera is off again');
  await isAccessibleInAllLooks(page);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('where the camera may not be used, it says what to do and pasting works as before', async () => {
  const { page, context } = await open(browser);
  await page.addInitScript(devices, ['x']);
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await signIn(page, 'xa');
  const answer = await page.goto('/carried');
  assert.match(answer?.headers()['permissions-policy'] ?? '', /camera=\(self\)/);
  await page.getByRole('button', { name: 'Quét bằng máy ảnh' }).click();
  await page.getByText('Chưa dùng được máy ảnh').waitFor();
  await page.locator('#text').fill('không phải bản sao');
  await page.getByRole('button', { name: 'Gửi thay' }).click();
  await page.locator('.problems').waitFor();
  const elsewhere = await page.goto('/work');
  assert.match(elsewhere?.headers()['permissions-policy'] ?? '', /camera=\(\)/, 'no other page may');
  await context.close();
});
