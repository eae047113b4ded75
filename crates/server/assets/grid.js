// The grid as a spreadsheet: keys, blocks, pasting with a preview, undoing, checks while one types.
// Without it the same table is a plain form.
import { closing, dialog, element } from './element.js';
import { evaluate, parse } from './expression.js';
import { compare, exact, fraction, plus } from './quantity.js';
import { read } from './typed-number.js';

/** @typedef {import('./quantity.js').Quantity} Quantity */
/**
 * @typedef {object} Column
 * @property {string} key
 * @property {string} item
 * @property {string} name
 * @property {number} scale
 * @property {string} minimum
 * @property {string | null} maximum
 * @property {string} range
 */
/** @typedef {{ condition: string, items: string[], message: string, stops: boolean }} Rule */
/** @typedef {{ input: HTMLInputElement, from: string, to: string }} Change */

const form = /** @type {HTMLFormElement} */ (document.querySelector('form.grid'));
const given = JSON.parse(form.dataset.grid ?? '{}');
/** @type {Record<string, string>} */
const words = given.words;
/** @type {Column[]} */
const columns = given.columns;
const rules = /** @type {Rule[]} */ (given.rules).map((rule) => ({ ...rule, root: parse(rule.condition) }));
const table = /** @type {HTMLTableElement} */ (form.querySelector('table'));
const rows = [...table.tBodies[0].rows];
const cells = rows.map((row) => [...row.cells].slice(1).map(
  (cell) => /** @type {HTMLInputElement} */ (cell.querySelector('input')),
));
/** @type {Map<HTMLInputElement, [number, number]>} */
const places = new Map(cells.flatMap((row, down) => row.map((input, across) => [input, [down, across]])));
/** What stood in each cell before it was entered. @type {Map<HTMLInputElement, string>} */
const entered = new Map();
/** @type {Change[][]} */
const done = [];
/** @type {Change[][]} */
const undone = [];
/** The other corner of the block that is chosen. @type {[number, number] | null} */
let anchor = null;
let isEditing = false;
let isFresh = false;
let isLeaving = false;
let here = cells[0][0];

/** @param {EventTarget | null} target */
function cellOf(target) {
  return target instanceof HTMLInputElement && places.has(target) ? target : null;
}

/** @param {HTMLInputElement} input */
function placeOf(input) {
  return /** @type {[number, number]} */ (places.get(input));
}

/** @param {HTMLInputElement} input */
function unitOf(input) {
  return rows[placeOf(input)[0]].cells[0].querySelector('a')?.textContent ?? '';
}

// Checks.

/** @param {string} text A number in plain decimal text. */
function quantity(text) {
  const [whole, decimals = ''] = text.split('.');
  return exact(fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length)));
}

/**
 * What is wrong with a text in a column; empty when nothing is.
 * @param {string} text
 * @param {Column} column
 */
function problem(text, column) {
  const reading = read(text);
  if (reading.kind === 'missing') return '';
  if (reading.kind === 'either') return `${words.either} (${reading.readings?.join(' / ')})`;
  if (!reading.quantity) return words.notANumber;
  if ((reading.decimals ?? 0) > column.scale) return column.scale === 0 ? words.whole : column.range;
  const { value } = reading.quantity;
  const low = compare(value, quantity(column.minimum).value) < 0;
  const high = column.maximum !== null && compare(value, quantity(column.maximum).value) > 0;
  return low || high ? column.range : '';
}

/**
 * The figure that a row holds for a name in a rule: a class, the whole, or all classes together.
 * @param {number} down
 * @returns {(name: string) => Quantity | null}
 */
function figuresOf(down) {
  const of = (/** @type {number} */ across) => {
    const reading = read(cells[down][across].value);
    return reading.kind === 'number' ? reading.quantity ?? null : null;
  };
  return (name) => {
    const reference = name.replace('[', '.').replace(']', '');
    const at = columns.findIndex((column) => column.key === reference);
    const whole = at < 0 ? null : of(at);
    if (whole !== null) return whole;
    const parts = columns.flatMap((column, across) =>
      (column.item === reference && column.key !== reference ? [of(across)] : []));
    if (parts.length === 0 || parts.includes(null)) return null;
    return /** @type {Quantity[]} */ (parts).reduce(plus);
  };
}

/**
 * Says beside a cell what is new and what is wrong with it.
 * @param {HTMLInputElement} input
 * @param {string} wrong
 * @param {string} doubt
 */
function mark(input, wrong, doubt) {
  const cell = /** @type {HTMLTableCellElement} */ (input.closest('td'));
  const about = /** @type {HTMLElement} */ (cell.querySelector('.about'));
  const isNew = input.value.trim() !== input.defaultValue.trim();
  about.querySelector('.live')?.remove();
  // What the server said was about what stood there before.
  for (const said of about.querySelectorAll('b, p')) /** @type {HTMLElement} */ (said).hidden = isNew;
  const isSaid = !isNew && cell.dataset.said !== undefined;
  if (isSaid) return;
  cell.classList.toggle('wrong', wrong !== '');
  cell.classList.toggle('doubtful', wrong === '' && doubt !== '');
  cell.classList.toggle('unsaved', isNew);
  input.toggleAttribute('aria-invalid', wrong !== '');
  if (wrong !== '') input.setAttribute('aria-invalid', 'true');
  const state = wrong !== '' ? words.wrong : doubt !== '' ? words.doubtful : words.unsaved;
  if (!isNew && wrong === '' && doubt === '') return;
  about.prepend(element('span', { class: 'live' }, element('strong', {}, state), ` ${wrong || doubt}`));
}

/** @param {number} down */
function check(down) {
  const wrong = columns.map((column, across) => problem(cells[down][across].value, column));
  const doubts = columns.map(() => '');
  if (wrong.every((one) => one === '')) {
    for (const rule of rules) {
      let holds = null;
      try {
        holds = evaluate(rule.root, { item: figuresOf(down), units: () => 0 });
      } catch {
        // What cannot be worked out is left to the server.
      }
      const at = columns.findIndex((column) => rule.items.includes(column.item));
      if (holds === false && at >= 0) (rule.stops ? wrong : doubts)[at] = rule.message;
    }
  }
  columns.forEach((_, across) => mark(cells[down][across], wrong[across], doubts[across]));
}

/** @param {number} across */
function total(across) {
  const cell = table.tFoot?.rows[0].cells[across + 1];
  const shown = cell?.querySelector('b');
  if (!cell || !shown) return;
  const figures = cells.map((row) => read(row[across].value)).filter((it) => it.kind === 'number');
  const sum = figures.reduce((all, one) => plus(all, /** @type {Quantity} */ (one.quantity)), quantity('0'));
  const { numerator, denominator } = sum.value;
  const { scale } = columns[across];
  const units = `${numerator * 10n ** BigInt(scale) / denominator}`.padStart(scale + 1, '0');
  const [whole, decimals] = [units.slice(0, units.length - scale), units.slice(units.length - scale)];
  const [group, point] = document.documentElement.lang === 'vi' ? ['.', ','] : [',', '.'];
  const fractionText = decimals.replace(/0+$/, '');
  shown.textContent = whole.replace(/\B(?=(\d{3})+$)/g, group) + (fractionText && point + fractionText);
  const filled = /** @type {HTMLElement} */ (cell.querySelector('small'));
  filled.textContent = `${figures.length}/${rows.length}`;
  filled.classList.toggle('incomplete', figures.length < rows.length);
}

/** @param {HTMLInputElement} input */
function changed(input) {
  const [down, across] = placeOf(input);
  check(down);
  total(across);
}

// Changing cells, and taking it back.

/**
 * @param {Change[]} step
 * @param {'from' | 'to'} side
 */
function set(step, side) {
  for (const change of step) {
    change.input.value = change[side];
    entered.set(change.input, change[side]);
    changed(change.input);
  }
}

/** @param {Change[]} step */
function take(step) {
  const real = step.filter(({ from, to, input }) => from !== to && !input.readOnly);
  if (real.length === 0) return;
  done.push(real);
  undone.length = 0;
  set(real, 'to');
}

/** Makes what was typed into a cell a step that can be taken back. @param {HTMLInputElement} input */
function settle(input) {
  const from = entered.get(input) ?? input.defaultValue;
  if (from === input.value) return;
  done.push([{ input, from, to: input.value }]);
  undone.length = 0;
  entered.set(input, input.value);
}

function undo() {
  settle(here);
  const step = done.pop();
  if (!step) return;
  undone.push(step);
  set(step, 'from');
  go(step[0].input);
}

function redo() {
  const step = undone.pop();
  if (!step) return;
  done.push(step);
  set(step, 'to');
  go(step[0].input);
}

// Moving and choosing.

/** @param {HTMLInputElement} input */
function go(input) {
  input.focus();
  input.select();
}

/**
 * @param {number} down
 * @param {number} across
 */
function move(down, across) {
  const [row, column] = placeOf(here);
  const to = cells[row + down]?.[column + across];
  if (to) go(to);
  // Left of the figures stands the unit.
  else if (column + across < 0) rows[row].cells[0].querySelector('a')?.focus();
}

/** To the next cell or the one before; at the ends the key goes on as everywhere. @param {KeyboardEvent} event */
function onTab(event) {
  const all = cells.flat();
  const to = all[all.indexOf(here) + (event.shiftKey ? -1 : 1)];
  if (!to) return;
  event.preventDefault();
  go(to);
}

/** The corners of the chosen block. */
function block() {
  const [row, column] = placeOf(here);
  const [otherRow, otherColumn] = anchor ?? [row, column];
  return {
    top: Math.min(row, otherRow),
    left: Math.min(column, otherColumn),
    bottom: Math.max(row, otherRow),
    right: Math.max(column, otherColumn),
  };
}

function chosen() {
  const { top, left, bottom, right } = block();
  return cells.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
}

function show() {
  for (const cell of table.querySelectorAll('.chosen')) cell.classList.remove('chosen');
  if (anchor === null) return;
  for (const input of chosen().flat()) input.closest('td')?.classList.add('chosen');
}

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @param {KeyboardEvent} event */
function onArrow(event) {
  const [down, across] = ARROWS[event.key];
  if (isEditing && across !== 0) return;
  event.preventDefault();
  const kept = event.shiftKey ? anchor ?? placeOf(here) : null;
  move(down, across);
  anchor = kept;
  show();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const input = cellOf(event.target);
  const unit = event.target instanceof Element ? event.target.closest('tbody th') : null;
  if (unit && event.key === 'ArrowRight') go(cells[rows.indexOf(/** @type {any} */ (unit.parentNode))][0]);
  if (!input || event.altKey || event.isComposing) return;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (command && ['z', 'y', 's', 'enter'].includes(key)) {
    event.preventDefault();
    if (key === 'enter') void openHistory();
    else if (key === 's') form.requestSubmit(form.querySelector('button[value=save]'));
    else if (key === 'y' || event.shiftKey) redo();
    else undo();
  } else if (!command && event.key in ARROWS) {
    onArrow(event);
  } else if (!command && event.key === 'Enter') {
    event.preventDefault();
    settle(input);
    move(event.shiftKey ? -1 : 1, 0);
  } else if (!command && event.key === 'Tab') {
    onTab(event);
  } else if (event.key === 'F2') {
    event.preventDefault();
    isEditing = true;
    input.setSelectionRange(input.value.length, input.value.length);
  } else if (event.key === 'Escape') {
    event.preventDefault();
    input.value = entered.get(input) ?? input.defaultValue;
    changed(input);
    go(input);
  } else if (event.key === 'Delete' && !isEditing) {
    event.preventDefault();
    settle(input);
    take(chosen().flat().map((one) => ({ input: one, from: one.value, to: '' })));
  }
}

// Copying and pasting.

/** @param {ClipboardEvent} event */
function onCopy(event) {
  if (!cellOf(event.target) || anchor === null) return;
  event.preventDefault();
  const text = chosen().map((row) => row.map((input) => input.value).join('\t')).join('\n');
  event.clipboardData?.setData('text/plain', text);
}

/** The cells of a block as spreadsheets put it on the clipboard. @param {string} text */
function blockOf(text) {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  return lines.map((line) => line.split('\t').map((cell) => cell.replace(/^"(.*)"$/, '$1').trim()));
}

/** @param {ClipboardEvent} event */
function onPaste(event) {
  const input = cellOf(event.target);
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!input || !/[\t\n]/.test(text.replace(/\s+$/, ''))) return;
  event.preventDefault();
  settle(input);
  const { top, left } = block();
  /** @type {Change[]} */
  const step = [];
  let [locked, outside] = [0, 0];
  blockOf(text).forEach((line, down) => line.forEach((to, across) => {
    const cell = cells[top + down]?.[left + across];
    if (!cell) outside += 1;
    else if (cell.readOnly) locked += 1;
    else if (cell.value.trim() !== to) step.push({ input: cell, from: cell.value, to });
  }));
  preview(step, [locked && `${locked} ${words.pasteLocked}`, outside && `${outside} ${words.pasteOutside}`]);
}

/**
 * What is said of a new figure, or how to read it.
 * @param {Change} change
 */
function remark(change) {
  const column = columns[placeOf(change.input)[1]];
  const { readings } = read(change.to);
  if (!readings) return problem(change.to, column);
  const choice = element('select', { required: '', 'aria-label': `${words.pasteChoose}: ${change.to}` });
  choice.append(element('option', { value: '' }, `${words.pasteChoose}: ${change.to}`));
  choice.append(...readings.map((reading) => element('option', { value: reading }, reading)));
  choice.addEventListener('change', () => { change.to = choice.value; });
  return choice;
}

/**
 * Shows what pasting would change, before it does.
 * @param {Change[]} step
 * @param {(string | 0)[]} besides
 */
function preview(step, besides) {
  const lines = step.map((change) => element('tr', {},
    element('th', { scope: 'row' }, unitOf(change.input)),
    element('td', {}, columns[placeOf(change.input)[1]].key),
    element('td', { class: 'n' }, change.from || words.empty),
    element('td', { class: 'n' }, element('b', {}, change.to || words.empty)),
    element('td', {}, remark(change))));
  const headings = [words.unit, words.item, words.old, words.new, ''];
  const head = element('tr', {}, ...headings.map((text) =>
    (text ? element('th', { scope: 'col' }, text) : element('td'))));
  const left = besides.filter((text) => text !== 0);
  const body = step.length === 0
    ? element('p', {}, words.pasteNothing)
    : element('table', {}, element('thead', {}, head), element('tbody', {}, ...lines));
  const buttons = [element('button', { value: 'leave', formnovalidate: '' }, words.pasteLeave)];
  if (step.length > 0) buttons.unshift(element('button', { class: 'main', value: 'take' }, words.pasteTake));
  const besidesText = element('p', { class: 'quiet' }, left.join('; '));
  const asked = element('form', { method: 'dialog' }, body, besidesText, closing(...buttons));
  const box = dialog(words.pasteHeading, 'paste', asked);
  box.addEventListener('close', () => {
    if (box.returnValue === 'take') take(step);
    go(here);
  });
}

async function openHistory() {
  const [down, across] = placeOf(here);
  const unit = here.name.split('/')[1];
  const asked = new URLSearchParams({ unit, field: columns[across].key });
  const answer = await fetch(`${given.history}?${asked}`, { headers: { accept: 'application/json' } });
  if (!answer.ok) return;
  const { lines } = await answer.json();
  const list = element('ul', { class: 'history' }, ...lines.map(
    (/** @type {string} */ line) => element('li', {}, line),
  ));
  const about = element('p', { class: 'quiet' }, `${unitOf(cells[down][across])} · ${columns[across].name}`);
  const close = element('form', { method: 'dialog' }, closing(element('button', {}, words.close)));
  dialog(words.history, 'drawer', about, list, close).addEventListener('close', () => go(here));
}

// What happens to the table.

table.addEventListener('focusin', (event) => {
  const input = cellOf(event.target);
  if (!input) return;
  here = input;
  [anchor, isEditing] = [null, false];
  if (!entered.has(input)) entered.set(input, input.value);
  isFresh = true;
  input.select();
  show();
  // The cell must not hide below the headings that stay in sight.
  input.closest('td')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
});
table.addEventListener('focusout', (event) => {
  const input = cellOf(event.target);
  if (input) settle(input);
});
table.addEventListener('input', (event) => {
  const input = cellOf(event.target);
  if (input) changed(input);
});
table.addEventListener('mousedown', (event) => {
  const input = cellOf(event.target);
  if (!input || !event.shiftKey || input === here) return;
  event.preventDefault();
  const kept = placeOf(here);
  go(input);
  anchor = kept;
  show();
});
// The first click chooses the whole figure, as a spreadsheet does; the next one a place in it.
table.addEventListener('click', (event) => {
  if (isFresh) cellOf(event.target)?.select();
  isFresh = false;
});
table.addEventListener('dblclick', () => { isEditing = true; });
table.addEventListener('keydown', onKey);
table.addEventListener('copy', onCopy);
table.addEventListener('paste', onPaste);
form.addEventListener('submit', () => { isLeaving = true; });
addEventListener('beforeunload', (event) => {
  if (!isLeaving && cells.flat().some((input) => input.value !== input.defaultValue)) event.preventDefault();
});

for (const cell of table.querySelectorAll('td:has(.about b)')) /** @type {HTMLElement} */ (cell).dataset.said = '';
const hint = element('p', { class: 'quiet' }, words.keys, ' ');
const button = element('button', { type: 'button' }, words.history);
button.addEventListener('click', () => void openHistory());
hint.append(button);
form.append(hint);
