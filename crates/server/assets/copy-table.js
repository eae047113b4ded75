// Copies a table as a block that pastes clean into a spreadsheet.

/** @param {HTMLTableCellElement} cell */
function words(cell) {
  const visible = /** @type {HTMLElement} */ (cell.cloneNode(true));
  for (const decoration of visible.querySelectorAll('[aria-hidden]')) decoration.remove();
  return (visible.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** @param {HTMLTableElement} table */
function block(table) {
  return [...table.rows].map((row) => [...row.cells].map(words).join('\t')).join('\n');
}

for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (
  document.querySelectorAll('table[data-copy]')
)) {
  if (!navigator.clipboard) break;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = table.dataset.copy ?? '';
  const said = document.createElement('span');
  said.className = 'quiet';
  said.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block(table));
    said.textContent = table.dataset.copied ?? '';
  });
  const line = document.createElement('p');
  line.className = 'copying onscreen';
  line.append(button, ' ', said);
  table.parentElement?.after(line);
}
