// Making parts of a page from scripts: elements, and dialogs that are gone once they are closed.

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * Opens a dialog with a heading.
 * @param {string} heading
 * @param {string} kind a class of the style sheet
 * @param {...Node} content
 */
export function dialog(heading, kind, ...content) {
  const box = element('dialog', { class: `box ${kind}`, 'aria-label': heading });
  box.append(element('h2', {}, heading), ...content);
  box.addEventListener('close', () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}

/**
 * The end of a dialog: buttons that close it, each with its answer.
 * @param {...HTMLButtonElement} buttons
 */
export function closing(...buttons) {
  return element('p', { class: 'deeds' }, ...buttons);
}
