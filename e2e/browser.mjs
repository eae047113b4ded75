// One browser for all journeys of a file, and pages that fail loudly.
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

/** Every kind of page, by what it is. */
export const pages = {
  overview: '/',
  'overview restated': '/?period=2023-H1&view=restated:2025-07-01',
  indicator: '/indicators/A01',
  'indicator not judged': '/indicators/A08?period=2022',
  unit: '/units/3?period=2023-H1&view=reported',
  search: '/search?q=na+sam',
  'empty search': '/search?q=zzzz',
  figure: '/figures/A01?period=2023-H1',
  reports: '/reports',
  report: '/reports/ket-qua-kl-01',
  'report of any unit': '/reports/bao-cao-ky?period=2022-Q4',
  about: '/about',
  'sign-in': '/sign-in',
  error: '/indicators/A99',
};

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
