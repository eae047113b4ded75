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
