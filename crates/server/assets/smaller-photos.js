// Makes photographs smaller before a form is sent with them: those of a camera are too large for it.
import { shrunk } from './shrink.js';

/**
 * What is too large or no picture goes as it is, and the server says why it is not taken.
 * @param {File} file
 */
async function smaller(file) {
  const picture = await shrunk(file).catch(() => file);
  return picture === file ? file : new File([picture], file.name.replace(/\.\w+$/, '.jpg'), { type: picture.type });
}

for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[type=file][name=photo]'))) {
  input.addEventListener('change', async () => {
    const chosen = new DataTransfer();
    for (const file of input.files ?? []) chosen.items.add(await smaller(file));
    input.files = chosen.files;
  });
}
