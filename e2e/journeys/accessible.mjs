// Every page opens in both languages and has no accessibility fault in light, dark and at 320 px.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { open, pages, start } from '../browser.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

const looks = {
  'desk, light': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  'desk, dark': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  'phone, light': { viewport: { width: 390, height: 800 }, colorScheme: 'light' },
  'narrowest phone, dark': { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
};

for (const [look, options] of Object.entries(looks)) {
  for (const [name, path] of Object.entries(pages)) {
    test(`${name} is accessible: ${look}`, async () => {
      // The policy forbids foreign scripts; the checker is the one exception.
      const { page, context } = await open(browser, { ...options, bypassCSP: true });
      await page.goto(path);
      await page.evaluate(axe);
      const result = await page.evaluate(() =>
        // @ts-ignore: the checker was just put into the page.
        axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }),
      );
      const faults = result.violations.map((one) =>
        `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`);
      assert.deepEqual(faults, []);
      const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= seen, `${wide} px wide in ${seen} px`);
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
