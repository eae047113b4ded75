// What every page has to bear: the checker's rules, and screens of every kind.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @type {Record<string, import('playwright-core').BrowserContextOptions>} */
export const looks = {
  'desk, light': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  'desk, dark': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  'phone, light': { viewport: { width: 390, height: 800 }, colorScheme: 'light' },
  'narrowest phone, dark': { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
};

/**
 * Fails when the checker finds a fault or the page is wider than the screen.
 * The page's context must bypass the content policy, which forbids foreign scripts.
 * @param {import('playwright-core').Page} page
 */
export async function isAccessible(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() =>
    // @ts-ignore: the checker was just put into the page.
    axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  const faults = result.violations.map((/** @type {any} */ one) =>
    `${one.id}: ${one.nodes.slice(0, 3).map((/** @type {any} */ node) => `${node.html} ${node.failureSummary}`).join('\n')}`);
  assert.deepEqual(faults, []);
  const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= seen, `${wide} px wide in ${seen} px`);
}

/** Space between two controls, in pixels: the smallest of the rhythm of the pages. */
const APART_MIN = 8;

/**
 * Fails when two controls stand too close for a thumb, or a sentence begins with a small letter.
 * @param {import('playwright-core').Page} page
 */
export async function isWellSet(page) {
  const close = await page.evaluate((least) => {
    // Cells of a table touch, and what lies outside the part of a page that scrolls is not there.
    const controls = [...document.querySelectorAll('button, .button, summary, select, textarea, input:not([type=hidden])')]
      .filter((one) => one.checkVisibility() && one.closest('td, .grid .table, dialog') === null);
    const apart = (/** @type {DOMRect} */ a, /** @type {DOMRect} */ b) =>
      Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom);
    return controls.flatMap((one, at) => controls.slice(at + 1)
      .filter((other) => !one.contains(other) && apart(one.getBoundingClientRect(), other.getBoundingClientRect()) < least)
      .map((other) => `${one.outerHTML.slice(0, 120)}\n${other.outerHTML.slice(0, 120)}`));
  }, APART_MIN);
  assert.deepEqual(close, []);
  const text = await page.locator('main').innerText();
  assert.deepEqual(text.match(/[^\n]*\p{Ll}{2}[.!?] \p{Ll}[^\n]*/gu), null, 'a sentence begins with a small letter');
}

/**
 * The page bears every look.
 * @param {import('playwright-core').Page} page
 */
export async function isAccessibleInAllLooks(page) {
  for (const { viewport, colorScheme } of Object.values(looks)) {
    if (viewport) await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await isAccessible(page);
  }
}
