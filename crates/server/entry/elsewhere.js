// On every page of somebody who is signed in: what waits is sent, and signing out loses nothing.
import { all, currentAccount, open, wipe } from './storage.js';
import { drain, parcels } from './outbox.js';

/** Drafts and parcels that no server has seen. @param {import('./storage.js').Storage} storage */
async function unsent(storage) {
  return (await parcels(storage)).length + (await all(storage, 'draft')).length;
}

async function begin() {
  const account = await currentAccount();
  if (account === undefined) return;
  const storage = await open(account);
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[action="/sign-out"]'))) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      leave(storage, form);
    });
  }
  await drain(storage);
}

/**
 * Signs out: what was not sent is shown first; then nothing stays on this device.
 * @param {import('./storage.js').Storage} storage
 * @param {HTMLFormElement} form
 */
async function leave(storage, form) {
  await drain(storage);
  if (await unsent(storage) > 0) {
    location.assign('/entry/#/leaving');
    return;
  }
  storage.database.close();
  await wipe(storage.account);
  form.submit();
}

if ('indexedDB' in window && crypto.subtle !== undefined) begin();
