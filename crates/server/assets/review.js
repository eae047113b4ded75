// Reviewing with the keyboard alone: keys press the controls that are there, and walk down the list.
import { areSingleKeysOn, onKey } from './keys.js';

const rows = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll('.queue a')]);
let isLeaving = false;

/**
 * Opens what a summary folds, on its first field; presses another control, once: a second key on a
 * slow line must not judge what nobody has seen.
 * @param {HTMLElement} control
 */
function press(control) {
  const folded = control.localName === 'summary' ? control.closest('details') : null;
  if (folded) {
    folded.open = true;
    /** @type {HTMLElement | null} */ (folded.querySelector('input:not([type=hidden])'))?.focus();
  } else if (!isLeaving) {
    isLeaving = true;
    control.click();
  }
}

/** Goes down or up the list. @param {number} step */
function walk(step) {
  const at = rows.findIndex((row) => row === document.activeElement);
  rows[at < 0 ? 0 : Math.max(0, Math.min(at + step, rows.length - 1))].focus();
}

for (const control of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-key]'))) {
  const key = control.dataset.key ?? '';
  const printed = key === 'escape' ? 'Esc' : key.toUpperCase();
  control.setAttribute('aria-keyshortcuts', key === 'escape' ? 'Escape' : printed);
  onKey(key, () => press(control));
  if (areSingleKeysOn()) {
    const shown = document.createElement('kbd');
    shown.setAttribute('aria-hidden', 'true');
    shown.textContent = printed;
    control.append(shown);
  }
}
if (rows.length > 0) {
  onKey('j', () => walk(1));
  onKey('k', () => walk(-1));
}
// Leaving the reasons leaves them written.
for (const folded of document.querySelectorAll('details')) {
  folded.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !folded.open) return;
    event.stopPropagation();
    folded.open = false;
    folded.querySelector('summary')?.focus();
  });
}
addEventListener('pageshow', () => { isLeaving = false; });
/** @type {HTMLElement | null} */ (document.querySelector('.received'))?.focus();
