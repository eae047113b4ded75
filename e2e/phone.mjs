// A phone of its own: a browser with a profile on disk that can be killed, behind a line that can be cut.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { address, complaintsOf, password } from './browser.mjs';

/** A line to the server that can be cut: packets stop, as in a valley. Held, it brings no answers back. */
export async function line() {
  const { hostname, port } = new URL(address);
  /** @type {Set<net.Socket>} */
  const sockets = new Set();
  /** @type {Set<() => void>} */
  const answers = new Set();
  let [isCut, isHeld] = [false, false];
  const proxy = net.createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = net.connect(Number(port), hostname);
    near.pipe(far);
    const answer = () => {
      far.unpipe(near);
      if (!isHeld) far.pipe(near);
    };
    answers.add(answer);
    answer();
    far.on('close', () => answers.delete(answer));
    for (const [one, other] of [[near, far], [far, near]]) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port: own } = /** @type {net.AddressInfo} */ (proxy.address());
  return {
    address: `http://127.0.0.1:${own}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    /** Requests arrive; their answers are on the way until they are let go. */
    hold() {
      isHeld = true;
      for (const answer of answers) answer();
    },
    letGo() {
      isHeld = false;
      for (const answer of answers) answer();
    },
    close() {
      this.cut();
      proxy.close();
    },
  };
}

/**
 * The same server through a door of its own, whose program can be replaced by a newer one: the worker is another.
 * @param {string} behind
 */
export async function newerProgram(behind) {
  let [isNewer, isInTrouble] = [false, false];
  const door = http.createServer((asked, answer) => {
    if (isInTrouble && asked.method === 'PUT') {
      answer.writeHead(503).end();
      return;
    }
    const isWorker = asked.url === '/entry/service-worker.js';
    const headers = isWorker ? { ...asked.headers, 'accept-encoding': 'identity' } : asked.headers;
    const further = http.request(behind, { path: asked.url, method: asked.method, headers }, async (found) => {
      if (!isWorker || !isNewer) {
        answer.writeHead(found.statusCode ?? 500, found.headers);
        found.pipe(answer);
        return;
      }
      const script = Buffer.concat(await found.toArray()).toString().replace('"version":"', '"version":"newer-');
      answer.writeHead(200, { ...found.headers, 'content-length': Buffer.byteLength(script) }).end(script);
    });
    further.on('error', () => answer.destroy());
    asked.pipe(further);
  });
  await new Promise((resolve) => { door.listen(0, '127.0.0.1', () => resolve(undefined)); });
  const { port } = /** @type {net.AddressInfo} */ (door.address());
  return {
    address: `http://127.0.0.1:${port}`,
    replace() {
      isNewer = true;
    },
    refuseFigures() {
      isInTrouble = true;
    },
    takeFigures() {
      isInTrouble = false;
    },
    close() {
      door.closeAllConnections();
      door.close();
    },
  };
}

/** A folder for a browser's profile, to be removed at the end. */
export const profile = () => fs.mkdtempSync(path.join(os.tmpdir(), 'dotpha-phone-'));

/**
 * Removes a profile, also while a killed browser's last process lets go of it.
 * @param {string} folder
 */
export const forget = (folder) => { fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }); };

/**
 * Starts a browser on a profile.
 * @param {string} folder
 */
export async function phone(folder) {
  const active = path.join(folder, 'DevToolsActivePort');
  fs.rmSync(active, { force: true });
  const child = spawn(process.env.CHROMIUM ?? '/usr/bin/chromium', [
    '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--lang=vi-VN', '--accept-lang=vi-VN', '--window-size=360,740',
    '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank',
  ], { stdio: 'ignore', detached: true, env: { ...process.env, LANGUAGE: 'vi' } });
  const port = await until(() => fs.existsSync(active) && fs.readFileSync(active, 'utf8').split('\n')[0]);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const [context] = browser.contexts();
  const page = context.pages()[0] ?? await context.newPage();
  await page.setViewportSize({ width: 360, height: 740 });
  return {
    page, context, complaints: complaintsOf(page, /Failed to load resource|ERR_/),
    /** Ends it as an empty battery does: all of its processes at once. */
    async kill() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      process.kill(-Number(child.pid), 'SIGKILL');
      await ended;
      await browser.close().catch(() => undefined);
    },
  };
}

/**
 * Waits until something is there, with an end.
 * @template T
 * @param {() => T | Promise<T>} look
 * @param {number} [patience] in milliseconds
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(look, patience = 20_000) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error('it did not come');
}

/**
 * Fills the page of signing in.
 * @param {import('playwright-core').Page} page
 * @param {string} login
 * @param {string} [secret]
 */
export async function enter(page, login, secret = password) {
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(secret);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/**
 * Signs in on a phone and opens its page, which then works by itself.
 * @param {import('playwright-core').Page} page
 * @param {string} address
 * @param {string} login
 * @param {string} [secret]
 */
export async function settle(page, address, login, secret = password) {
  await page.goto(`${address}/sign-in`);
  await enter(page, login, secret);
  await page.goto(`${address}/entry/`);
  await page.locator('.tasks a').first().waitFor();
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/**
 * A photograph as a camera takes it: large, of fields under a sky.
 * @param {import('playwright-core').Page} page
 */
export async function photograph(page) {
  const letters = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3000, 2000);
    const brush = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    for (let y = 0; y < 2000; y += 1) {
      brush.fillStyle = y < 700 ? `hsl(205 60% ${60 + y / 25}%)` : `hsl(${95 + (y % 90) / 4} 45% ${58 - y / 70}%)`;
      brush.fillRect(0, y, 3000, 1);
    }
    brush.fillStyle = '#8a3324';
    brush.fillRect(1900, 480, 520, 330);
    brush.fillStyle = '#5b2218';
    brush.beginPath();
    for (const [x, y] of [[1820, 480], [2160, 260], [2500, 480]]) brush.lineTo(x, y);
    brush.fill();
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })).arrayBuffer());
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  });
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(letters, 'latin1') };
}

/**
 * Puts a photograph beside the form that is open.
 * @param {import('playwright-core').Page} page
 */
export async function addPhotograph(page) {
  await page.locator('.photos label', { hasText: 'Chọn ảnh có sẵn' }).locator('input').setInputFiles(await photograph(page));
  await page.locator('.photos canvas').waitFor();
}

/**
 * Fills the form of a month and sends it; the page says by which mark it went.
 * @param {import('playwright-core').Page} page
 * @param {string} month
 * @param {string[]} figures
 * @param {(page: import('playwright-core').Page) => Promise<void>} [more] what else is done with the form
 */
export async function fillAndSend(page, month, figures, more) {
  await page.locator('.tasks a', { hasText: month }).first().click();
  const inputs = page.locator('.entry .figure input');
  await inputs.first().waitFor();
  for (const [at, figure] of figures.entries()) await inputs.nth(at).fill(figure);
  await page.locator('.mark.saved').waitFor();
  await more?.(page);
  await page.getByRole('button', { name: 'Kiểm tra trước khi gửi' }).click();
  await page.getByRole('button', { name: /^Gửi / }).click();
  await page.waitForURL(/#\/sent\//);
  await page.locator('main :is(.mark.sending, .mark.received)').first().waitFor();
}

/**
 * The text on the page's queue.
 * @param {import('playwright-core').Page} page
 */
export const words = (page) => page.locator('main').innerText();
