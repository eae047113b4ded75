// Building the page out of words and elements; texts are only ever set as texts.
import { timeAndDay } from './moment.js';

const root = /** @type {HTMLElement} */ (document.querySelector('#main'));
/** @type {Record<string, string>} */
const words = JSON.parse(root.dataset.words ?? '{}');

/**
 * A sentence with its gaps filled.
 * @param {string} key
 * @param {Record<string, string | number>} [gaps]
 */
export const say = (key, gaps = {}) =>
  (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => `${gaps[name] ?? ''}`);

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | EventListener | undefined>} [attributes] listeners
 *   by the name of their event, `onclick`; what is `false` or missing is left out
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : `${value}`);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/**
 * Does something at the first press only: pressing twice must not send twice.
 * @param {() => Promise<void>} work
 * @returns {EventListener}
 */
export const once = (work) => ({ currentTarget }) => {
  /** @type {HTMLButtonElement} */ (currentTarget).disabled = true;
  work();
};

/**
 * A drawing of one path.
 * @param {string} box
 * @param {string} path
 * @param {Record<string, string>} [attributes]
 */
export function drawing(box, path, attributes = {}) {
  const make = (/** @type {string} */ tag) => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const [svg, line] = [make('svg'), make('path')];
  svg.setAttribute('viewBox', box);
  line.setAttribute('d', path);
  for (const [name, value] of Object.entries({ 'aria-hidden': 'true', ...attributes })) svg.setAttribute(name, value);
  svg.append(line);
  return svg;
}

/** @type {Record<string, string>} */
const MARKS = {
  approved: 'M8 1.5a6.5 6.5 0 1 0 .1 0M5 8.2l2.2 2.3 4-4.6',
  draft: 'M8 2.5a5.5 5.5 0 1 0 .1 0',
  submitted: 'M8 2.5a5.5 5.5 0 1 0 .1 0M8 5v3.4l2.2 1.6',
  saved: 'M4 1.5h8v13H4zM6.5 7.5l1.2 1.3 2-2.3',
  locked: 'M3.5 7.5h9V14h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  sending: 'M8 14V3M3.5 7.5L8 3l4.5 4.5',
  received: 'M8 1.5a6.5 6.5 0 1 0 .1 0M5 8.2l2.2 2.3 4-4.6',
  returned: 'M6.5 3L3 6.5 6.5 10M3 6.5h6a4 4 0 0 1 0 8H6',
  conflict: 'M2 5h9L8.5 2.5M14 11H5l2.5 2.5',
  refused: 'M8 2v7.5M8 12.5v1.5',
};

/**
 * How something stands: a drawing, words and a colour.
 * @param {string} kind
 * @param {string} text
 */
export function mark(kind, text) {
  const path = MARKS[kind];
  return element('span', { class: `state mark ${kind}` }, path !== undefined && drawing('0 0 16 16', path), text);
}

/** @param {number} moment in milliseconds */
export const when = (moment) => say('moment', timeAndDay(moment, root.dataset.zone ?? '', document.documentElement.lang));

/**
 * Shows a page: its heading is read out, and names the tab.
 * @param {...Child} content
 */
export function show(...content) {
  root.replaceChildren(...content.filter((child) => child !== null && child !== undefined && child !== false));
  const heading = root.querySelector('h1');
  document.title = `${heading?.textContent ?? ''} – dotpha`;
}

/** The page is another one now: reading begins at its top. */
export function beginAtTop() {
  scrollTo(0, 0);
  root.focus({ preventScroll: true });
}
