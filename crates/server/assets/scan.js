// Reads the codes that a phone shows with this device's camera, where the browser can; else they are
// pasted as before. Each code becomes a line of the field.

/** What browsers that read codes offer: https://wicg.github.io/shape-detection-api/ */
/** @typedef {{ detect(source: CanvasImageSource): Promise<{ rawValue: string }[]> }} Detector */

/** How often the picture is looked at, in milliseconds. */
const PAUSE_MS = 200;

/** Of so many codes of one copy: `dotpha ab12 2/5 …`. */
const PART = /^dotpha (\S+) \d+\/(\d+) /;

/** @returns {Promise<Detector | undefined>} */
async function detector() {
  const offered = /** @type {any} */ (window).BarcodeDetector;
  if (offered === undefined || navigator.mediaDevices === undefined) return undefined;
  const formats = await offered.getSupportedFormats();
  return formats.includes('qr_code') ? new offered({ formats: ['qr_code'] }) : undefined;
}

/**
 * Adds a code to the field, once; says how many there are, of how many.
 * @param {HTMLTextAreaElement} field @param {string} code
 */
function add(field, code) {
  const lines = field.value.split('\n').filter((line) => line !== '');
  if (!lines.includes(code)) field.value = [...lines, code].join('\n');
  const parts = field.value.split('\n').filter((line) => PART.test(line));
  return { have: parts.length, all: Number(PART.exec(code)?.[2] ?? 1) };
}

/** @param {HTMLTextAreaElement} field @param {Detector} reader */
function offer(field, reader) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = field.dataset.scan ?? '';
  const said = document.createElement('p');
  said.setAttribute('role', 'status');
  const picture = document.createElement('video');
  picture.muted = true;
  picture.playsInline = true;
  picture.hidden = true;
  picture.setAttribute('aria-label', field.dataset.scan ?? '');
  /** @type {MediaStream | undefined} */
  let stream;

  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    picture.hidden = true;
    button.textContent = field.dataset.scan ?? '';
  };
  const look = async () => {
    if (stream === undefined) return;
    for (const { rawValue } of await reader.detect(picture).catch(() => [])) {
      const { have, all } = add(field, rawValue);
      said.textContent = `${field.dataset.scanned ?? ''} ${have}/${all}`;
      if (have >= all) stop();
    }
    setTimeout(look, PAUSE_MS);
  };
  button.addEventListener('click', async () => {
    if (stream !== undefined) {
      stop();
      return;
    }
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch {
      said.textContent = field.dataset.denied ?? '';
      return;
    }
    picture.srcObject = stream;
    picture.hidden = false;
    button.textContent = field.dataset.stop ?? '';
    await picture.play();
    look();
  });
  field.before(button, said, picture);
}

for (const field of /** @type {NodeListOf<HTMLTextAreaElement>} */ (document.querySelectorAll('textarea[data-scan]'))) {
  detector().then((reader) => { if (reader !== undefined) offer(field, reader); }, () => undefined);
}
