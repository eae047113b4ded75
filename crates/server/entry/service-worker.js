// Keeps the entry page for days without a network, and sends the outbox when the network is back.
// The server puts this file together with those it imports, because not every browser takes modules here.
import { currentAccount, open } from './storage.js';
import { drain } from './outbox.js';

/** @type {any} */
const worker = self;

/** The page, and the files it needs: filled in by the server. */
const SHELL = '/entry/';
/** @type {{ version: string, files: string[] }} */
const KEPT = worker.DOTPHA_KEPT;
const NAME = `dotpha-${KEPT.version}`;

async function install() {
  const cache = await caches.open(NAME);
  await cache.addAll(KEPT.files);
  await keepShell(await fetch(SHELL, { cache: 'no-store' }));
}

/** @param {Response} response */
async function keepShell(response) {
  // Somebody who is signed out is led elsewhere: that is not the page.
  if (!response.ok || response.redirected) throw new Error('the entry page was not there');
  const cache = await caches.open(NAME);
  await cache.put(SHELL, response);
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith('dotpha-') && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

const kept = async () => (await caches.match(SHELL)) ?? Response.error();

/**
 * The entry page: what is kept, at once; asked for in a language, the new one is kept.
 * @param {Request} request
 * @param {URL} address
 */
async function shell(request, address) {
  if (address.search === '') {
    const found = await caches.match(SHELL);
    if (found !== undefined) return found;
  }
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected) await keepShell(response.clone());
    return response;
  } catch {
    return kept();
  }
}

async function sendWaiting() {
  const account = await currentAccount();
  if (account === undefined) return;
  // Thrown away, the browser asks again later.
  if (await drain(await open(account)) === 'offline') throw new Error('the outbox is not empty');
}

worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil(install().then(() => worker.skipWaiting()));
});
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener('sync', (/** @type {any} */ event) => event.waitUntil(sendWaiting()));
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin) return;
  if (request.mode === 'navigate' && address.pathname === SHELL) {
    event.respondWith(shell(request, address));
  } else if (request.mode === 'navigate' && address.pathname.startsWith(`${SHELL}forms/`)) {
    // The same form as a page; without a network it opens here.
    event.respondWith(fetch(request).catch(kept));
  } else if (KEPT.files.includes(address.pathname + address.search)) {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});
