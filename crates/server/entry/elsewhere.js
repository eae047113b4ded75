// On every page of somebody who is signed in: what waits is sent, and signing out loses nothing.
import { all, currentAccount, open, wipe } from './storage.js';
import { drain, parcels } from './outbox.js';

/** Drafts and parcels that no server has seen. @param {import('./storage.js').Storage} storage */
async function unsent(storage) {
  return (await parcels(storage)).length + (await all(storage, 'draft')).length;
}

/** What this device keeps of whoever is signed in; nothing when it never carried any forms. */
async function kept() {
  const account = await currentAccount();
  return account === undefined ? undefined : open(account);
}

async function begin() {
  const opening = kept();
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[action="/sign-out"]'))) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      leave(opening, form);
    });
  }
  const storage = await opening;
  if (storage !== undefined) await drain(storage);
}

/**
 * Signs out: what was not sent is shown first; then nothing stays on this device. On a slow line that
 * takes its time, so it shows at once that it is under way.
 * @param {ReturnType<typeof kept>} opening
 * @param {HTMLFormElement} form
 */
async function leave(opening, form) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'));
  button.disabled = true;
  button.textContent = form.dataset.underway ?? '';
  const storage = await opening;
  if (storage !== undefined) {
    await drain(storage);
    if (await unsent(storage) > 0) {
      location.assign('/entry/#/leaving');
      return;
    }
    storage.database.close();
    await wipe(storage.account);
  }
  form.submit();
}

if ('indexedDB' in window && crypto.subtle !== undefined) begin();
