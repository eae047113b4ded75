// A difficulty written without a network: what is in the way, who above answers, and by when.
import { element, once, say, show } from './elements.js';
import { newId, post } from './outbox.js';
import { find, keep, remove } from './storage.js';

/** @typedef {import('./outbox.js').Raised} Raised */
/** @typedef {{ unit: number, name: string, holders: { unit: number, name: string }[] }} Raising */

/** Days for an answer, unless another day is chosen. */
const USUAL_DAYS = 7;

/** What was typed and not sent. */
export const TYPED = 'raising/new';

/** The day in so many days, as fields of days have it: Swedish writes days so. @param {number} days */
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv');

/**
 * The page on which one is written; what is typed is kept at every change.
 * @param {import('./storage.js').Storage} storage
 * @param {Raising[]} raises the units for which somebody raises them
 * @param {(hash: string) => void} go
 */
export async function raise(storage, raises, go) {
  const [first] = raises;
  const typed = /** @type {Raised} */ (await find(storage, TYPED)
    ?? { unit: first.unit, trouble: '', detail: '', holder: first.holders[0].unit, due: inDays(USUAL_DAYS) });
  const said = element('p', { class: 'late', role: 'alert' });
  /** @param {'trouble' | 'detail' | 'due' | 'holder'} name @param {string} tag @param {Record<string, string | number | boolean>} [attributes] @param {...HTMLElement} children */
  const field = (name, tag, attributes, ...children) => element('p', {},
    element('label', { for: name }, say(`difficulty-${name}`)),
    element(tag, {
      ...attributes, id: name, oninput: ({ target }) => {
        const { value } = /** @type {HTMLInputElement} */ (target);
        Object.assign(typed, name === 'holder' ? JSON.parse(value) : { [name]: value });
        keep(storage, TYPED, typed);
      },
    }, ...children));
  // From whom to whom: one choice, which names the unit that raises only where there are several.
  const roads = raises.flatMap(({ unit, name, holders }) => holders.map((holder) => element('option', {
    value: JSON.stringify({ unit, holder: holder.unit }), selected: unit === typed.unit && holder.unit === typed.holder,
  }, raises.length > 1 ? `${name} → ${holder.name}` : holder.name)));
  const send = async () => {
    const id = newId();
    await post(storage, {
      id, form: 'difficulty', unit: typed.unit, period: id, content: 'difficulty', fields: [], reason: '', base: { revision: 0, version: 0 },
      finished_ms: Date.now(), standing: 'waiting', title: typed.trouble.trim(), raised: typed,
    });
    await remove(storage, TYPED);
    go(`#/sent/${id}`);
  };
  const button = element('button', { class: 'main' }, say('difficulty-act-raise'));
  show(
    element('h1', {}, say('difficulty-act-raise')),
    element('p', { class: 'lede' }, say('difficulties-new-why')),
    element('form', {
      class: 'fields', novalidate: true, onsubmit: (event) => {
        event.preventDefault();
        if (typed.trouble.trim() === '') said.textContent = say('raising-without-trouble');
        else once(send)(/** @type {any} */ ({ currentTarget: button }));
      },
    },
    field('trouble', 'input', { value: typed.trouble, maxlength: 300, autocomplete: 'off' }),
    said,
    field('detail', 'textarea', { rows: 3, maxlength: 4000 }),
    field('holder', 'select', {}, ...roads),
    field('due', 'input', { type: 'date', min: inDays(0), value: typed.due }),
    element('p', { class: 'deeds' }, button)),
    element('p', { class: 'back' }, element('a', { href: '#/' }, say('entry-back'))),
  );
  /** @type {HTMLTextAreaElement} */ (document.querySelector('#detail')).value = typed.detail;
}
