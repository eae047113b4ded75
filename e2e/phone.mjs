// A phone of its own: a browser with a profile on disk that can be killed, behind a line that can be cut.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { address, complaintsOf } from './browser.mjs';

/** A line to the server that can be cut: packets stop, as in a valley. */
export async function line() {
  const { hostname, port } = new URL(address);
  /** @type {Set<net.Socket>} */
  const sockets = new Set();
  let isCut = false;
  const proxy = net.createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = net.connect(Number(port), hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      sockets.add(one);
      one.pipe(other);
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
    close() {
      this.cut();
      proxy.close();
    },
  };
}

/** A folder for a browser's profile, to be removed at the end. */
export const profile = () => fs.mkdtempSync(path.join(os.tmpdir(), 'dotpha-phone-'));

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
  ], { stdio: 'ignore', env: { ...process.env, LANGUAGE: 'vi' } });
  const port = await until(() => fs.existsSync(active) && fs.readFileSync(active, 'utf8').split('\n')[0]);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const [context] = browser.contexts();
  const page = context.pages()[0] ?? await context.newPage();
  await page.setViewportSize({ width: 360, height: 740 });
  return {
    page, context, complaints: complaintsOf(page, /Failed to load resource|ERR_/),
    /** Ends it as an empty battery does. */
    async kill() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      await browser.close().catch(() => undefined);
    },
  };
}

/**
 * Waits until something is there, with an end.
 * @template T
 * @param {() => T} look
 */
export async function until(look) {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error('it did not come');
}
