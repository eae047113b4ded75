// Photographs made smaller before they travel. A picture that is drawn anew carries nothing of where
// and with what it was taken.

/** The longest side in pixels and the quality, better first: the next one is for pictures with very much in them. */
const STEPS = /** @type {const} */ ([[1600, 0.8], [1600, 0.65], [1280, 0.6], [1024, 0.5]]);

/** What a photograph may take of a slow line. */
const TRAVELS_MAX = 400 * 1024;

/**
 * A photograph as a small JPEG, the right way up.
 * @param {Blob} file any picture that the browser can show; others are thrown back
 */
export async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  let small = file;
  for (const [side, quality] of STEPS) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
    const brush = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    // What was transparent would become black.
    brush.fillStyle = '#fff';
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
    small = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (small.size <= TRAVELS_MAX) break;
  }
  picture.close();
  return small;
}
