// One browser for all journeys of a file, and pages that fail loudly.
import { createHmac } from 'node:crypto';
import { chromium } from 'playwright-core';

/** The server under test. */
export const address = process.env.DOTPHA_URL ?? 'http://127.0.0.1:8080';

/** Starts the browser of the machine. */
export async function start() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

/**
 * Opens a page; anything the browser complains about, such as a broken content policy, is kept.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ locale: 'vi-VN', baseURL: address, ...options });
  const page = await context.newPage();
  return { page, context, complaints: complaintsOf(page) };
}

/**
 * Presses a key. Where it leads to another page, a browser under load may never say that the key was
 * taken; the page that comes says it too, and what follows waits for what it did.
 * @param {import('playwright-core').Page} page
 * @param {string} key
 */
export async function pressKey(page, key) {
  const arrived = page.waitForEvent('load', { timeout: 10_000 }).catch(() => undefined);
  await Promise.race([page.keyboard.press(key), arrived]);
}

/**
 * What the browser complains about from now on. A fade between two pages that the next page cuts
 * short is none: the browser says so, and nobody sees it.
 * @param {import('playwright-core').Page} page
 * @param {RegExp} [expected] what it may say, as of a line that was cut
 */
export function complaintsOf(page, expected = /(?!)/) {
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => {
    if (!/^Transition was (aborted|skipped)/.test(error.message)) complaints.push(error.message);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

/** The password that all people of the demo share. */
export const password = 'sông xanh núi biếc quê ta';

/**
 * Signs in.
 * @param {import('playwright-core').Page} page
 * @param {string} login
 * @param {string} [secret]
 */
export async function signIn(page, login, secret = password) {
  await page.goto('/sign-in');
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(secret);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/**
 * Has an administrator make somebody for a journey alone, who takes their card; gives their page.
 * @param {import('playwright-core').Browser} browser
 * @param {string} role
 * @param {string} unit
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function newcomer(browser, role, unit, options = {}) {
  const login = `${role}-${unit}-${Date.now()}`.toLowerCase();
  const office = await open(browser, options);
  await signIn(office.page, 'quantri');
  await office.page.goto('/accounts');
  await office.page.locator('#name').fill(`Người mới ${role} ${unit}`);
  await office.page.locator('#login').fill(login);
  await office.page.locator('#role').selectOption(role);
  await office.page.locator('#unit').fill(unit);
  await office.page.getByRole('button', { name: 'Tạo và in thẻ mời' }).click();
  const card = await office.page.locator('.card .spelled').innerText();
  await office.context.close();
  const own = await open(browser, options);
  await own.page.goto(new URL(card).pathname);
  await own.page.locator('#password').fill(ownPassword);
  await own.page.getByRole('button', { name: 'Đặt mật khẩu và vào' }).click();
  await own.page.waitForURL((url) => !url.pathname.startsWith('/invitations'));
  return { ...own, login };
}

/**
 * Opens a step of a task or a difficulty, writes what it asks for and takes it.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {string} words
 * @param {string} did what the history then begins with
 */
export async function take(page, name, words, did) {
  await page.locator('summary', { hasText: new RegExp(`^${name}$`) }).click();
  const details = page.locator('details[open]');
  await details.locator('textarea').fill(words);
  await details.getByRole('button', { name, exact: true }).click();
  await page.locator('.history li:first-child b', { hasText: did }).waitFor();
}

/** The password that newcomers choose. */
export const ownPassword = 'trăng lên đầu núi phía tây';

/**
 * Sends the monthly figures of villages, of the commune whose reporter's page it is.
 * @param {import('playwright-core').Page} page
 * @param {number} count of villages that have not sent
 * @param {string} [asked] which form and period
 */
export async function sendMonths(page, count, asked = 'form=thon-thang&period=2023-07') {
  for (let sent = 0; sent < count; sent += 1) {
    await page.goto(`/collection?${asked}`);
    await page.locator('tbody td:last-child a[href^="/entry/"]').first().click();
    // Wholes have a figure, their classes none.
    for (const input of await page.locator('.entry .figure input').all()) {
      await input.fill((await input.getAttribute('name'))?.endsWith('/') ? '1' : '');
    }
    await page.getByRole('button', { name: 'Gửi', exact: true }).click();
    await page.locator('.received, [role=alert]').first().waitFor();
    for (const input of await page.locator('.entry .beside-field input').all()) await input.fill('Đã đối chiếu sổ');
    const again = page.getByRole('alert');
    if (await again.isVisible()) await page.getByRole('button', { name: 'Gửi', exact: true }).click();
    await page.locator('.received').waitFor();
  }
}

/**
 * The one-time code of a Base32 secret (RFC 6238), of this step or of a later one.
 * @param {string} secret
 * @param {number} [later] steps
 */
export function oneTimeCode(secret, later = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
