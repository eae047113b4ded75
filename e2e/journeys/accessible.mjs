// Every page opens in both languages and has no accessibility fault in light, dark and at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isAccessible, looks } from '../accessibility.mjs';
import { open, pages, signIn, start } from '../browser.mjs';

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

/** @typedef {import('playwright-core').Page} Page */

/** @param {string} selector */
const follow = (selector) => async (/** @type {Page} */ page) => {
  const href = await page.locator(selector).first().getAttribute('href');
  await page.goto(href ?? '');
};

/** @param {Page} page */
async function openPhoneForm(page) {
  await page.locator('.tasks a').first().click();
  await page.locator('.entry .figure input').first().waitFor();
}

/** @param {Page} page */
async function lookAtWorkbook(page) {
  await follow('main a[href^="/grid/forms/"]')(page);
  const [workbook] = await Promise.all([page.waitForEvent('download'), page.locator('.workbook a.button').click()]);
  await page.locator('.workbook input[type=file]').setInputFiles(await workbook.path());
  await page.locator('.workbook .upload button').click();
  await page.locator('main h1').waitFor();
  await page.waitForURL((url) => url.pathname.endsWith('/workbook'));
}

/** @param {Page} page */
async function askPalette(page) {
  await page.keyboard.press('Control+k');
  await page.locator('.palette input').fill('van lang');
  await page.locator('.palette [role=option]').first().waitFor();
}

/** @param {Page} page */
async function lookAtVersion(page) {
  await follow('main a[href^="/forms/"]')(page);
  await page.locator('form.fields input[type=date]').first().fill('2030-01-01');
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await page.waitForLoadState();
}

/** @param {Page} page */
async function lookAtPeople(page) {
  const header = 'Tên đăng nhập\tHọ tên\tVai trò\tMã đơn vị\n';
  await page.locator('#list').fill(`${header}xem-thu\tNgười xem thử\tLãnh đạo\t182\n`);
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await page.locator('main tbody tr').waitFor();
}

/** @param {Page} page */
async function carryBroken(page) {
  await page.locator('#text').fill('không phải bản sao');
  await page.locator('form.fields button.main').click();
  await page.locator('.problems').waitFor();
}

/** @param {Page} page */
async function openReasons(page) {
  await follow('main a[href^="/review/"]')(page);
  await page.locator('summary[data-key=r]').click();
  await page.locator('#reason').waitFor();
}

/** @param {Page} page */
async function openLock(page) {
  await page.locator('#lock ~ details summary').click();
  await page.locator('#lock-reason').waitFor();
}

/**
 * The pages of people at work: where each begins and what is opened on it.
 * @type {Record<string, Record<string, [string, ((page: Page) => Promise<void>)?]>>}
 */
const work = {
  thon: {
    'forms on the phone': ['/entry/'],
    'a form on the phone': ['/entry/', openPhoneForm],
    'a form': ['/work', follow('main a[href^="/entry/forms/"]')],
  },
  xa: {
    'figures carried in': ['/carried'],
    'what became of figures carried in': ['/carried', carryBroken],
    'the table of units': ['/collection', follow('main a[href^="/grid/forms/"]')],
    'a workbook looked at': ['/collection', lookAtWorkbook],
    'collecting with its lock': ['/collection', openLock],
    'what waits for review': ['/review'],
    delegations: ['/account/delegations'],
    rates: ['/collection/rates'],
    'a submission with its reasons': ['/review', openReasons],
  },
  huyen: {
    'search for a person who signed in': ['/search?q=na+sam'],
    'the palette': ['/work', askPalette],
    'all forms': ['/forms'],
    'a version looked at': ['/forms', lookAtVersion],
  },
  quantri: {
    'a list of people': ['/accounts/import', lookAtPeople],
    'the code asked again': ['/account/code'],
    'the ledger': ['/ledger'],
    'the ledger of nobody': ['/ledger?account=999999'],
    'an entry of the ledger': ['/ledger', follow('main a[href^="/ledger/"]')],
  },
};

for (const [look, options] of Object.entries(looks)) {
  for (const [login, places] of Object.entries(work)) {
    test(`pages at work of ${login} are accessible: ${look}`, async (the) => {
      const { page, context } = await open(browser, { ...options, bypassCSP: true });
      await signIn(page, login);
      for (const [name, [path, act]] of Object.entries(places)) {
        await the.test(`${name} is accessible`, async () => {
          await page.goto(path);
          await act?.(page);
          await isAccessible(page);
        });
      }
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
