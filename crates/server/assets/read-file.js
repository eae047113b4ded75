// Fills a text field from a file of the reader's, so that a list need not be pasted.

for (const field of /** @type {NodeListOf<HTMLTextAreaElement>} */ (
  document.querySelectorAll('textarea[data-file]')
)) {
  const label = document.createElement('label');
  label.className = 'choose-file';
  const file = document.createElement('input');
  file.type = 'file';
  file.accept = '.csv,.txt,text/csv,text/plain';
  file.addEventListener('change', async () => {
    const chosen = file.files?.[0];
    if (chosen) field.value = await chosen.text();
  });
  label.append(field.dataset.file ?? '', file);
  field.before(label);
}
