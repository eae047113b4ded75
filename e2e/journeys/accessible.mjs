// Every page opens in both languages and has no accessibility fault in light, dark and at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isAccessible, looks } from '../accessibility.mjs';
import { open, pages, start } from '../browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

for (const [look, options] of Object.entries(looks)) {
  for (const [name, path] of Object.entries(pages)) {
    test(`${name} is accessible: ${look}`, async () => {
      // The policy forbids foreign scripts; the checker is the one exception.
      const { page, context } = await open(browser, { ...options, bypassCSP: true });
      await page.goto(path);
      await isAccessible(page);
      await context.close();
    });
  }
}

for (const [name, path] of Object.entries(pages)) {
  test(`${name} opens in Vietnamese and English without complaints`, async () => {
    const { page, context, complaints } = await open(browser);
    for (const lang of ['vi', 'en']) {
      const joint = path.includes('?') ? '&' : '?';
      await page.goto(`${path}${joint}lang=${lang}`);
      assert.equal(await page.getAttribute('html', 'lang'), lang);
      assert.equal(await page.locator('h1').count(), 1);
    }
    const expected = name === 'error' ? 2 : 0; // The browser reports the status of a missing page.
    assert.ok(complaints.length <= expected, complaints.join('\n'));
    await context.close();
  });
}
