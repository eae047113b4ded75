// Single keys: what a page does with them, whether they are wanted, and what they may not disturb.

const SINGLE = 'dotpha-single-keys';
const SECOND_MS = 1500;

/** What each key does; the second of two stands after the first: `g h`. @type {Map<string, () => void>} */
const deeds = new Map();

/** Whether single keys do something; without storage they do. */
export function areSingleKeysOn() {
  try {
    return localStorage.getItem(SINGLE) !== 'off';
  } catch {
    return true;
  }
}

/**
 * Keeps whether single keys do something; gives back whether that could be kept.
 * @param {'on' | 'off'} wanted
 */
export function keepSingleKeys(wanted) {
  try {
    localStorage.setItem(SINGLE, wanted);
    return true;
  } catch {
    return false;
  }
}

/**
 * Lets a key do something on this page.
 * @param {string} key
 * @param {() => void} deed
 */
export function onKey(key, deed) {
  deeds.set(key, deed);
}

/** Whether somebody is writing. @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'));
}

let went = -SECOND_MS;

addEventListener('keydown', (event) => {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !event.repeat;
  if (!isPlain || isWriting(event.target) || !areSingleKeysOn() || document.querySelector('dialog[open]')) return;
  const key = event.key.toLowerCase();
  const deed = deeds.get(event.timeStamp - went < SECOND_MS ? `g ${key}` : key);
  went = key === 'g' ? event.timeStamp : -SECOND_MS;
  if (!deed) return;
  event.preventDefault();
  deed();
});
