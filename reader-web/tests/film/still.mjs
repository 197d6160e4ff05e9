// Codes as no camera sees them: four in a frame, each of its modules in whole pixels. A page that reads every code of a
// picture has an answer in a fourth of the time.

import { MODULE } from './picture.mjs';
import { HEIGHT, WIDTH } from './y4m.mjs';

const ACROSS = 2;
const EACH = ACROSS * ACROSS;
const WHITE = 255;

/**
 * The luma planes of frames in which each picture is seen once.
 *
 * @param {import('./picture.mjs').Picture[]} pictures of one side
 * @returns {Uint8Array[]}
 */
export function stills(pictures) {
  const modules = pictures[0].side / MODULE;
  const pixels = Math.floor(HEIGHT / ACROSS / modules);
  if (pixels < 2) throw new Error(`no room for ${EACH} codes of ${modules} modules`);
  const frames = Array.from({ length: Math.ceil(pictures.length / EACH) }, () => new Uint8Array(WIDTH * HEIGHT).fill(WHITE));
  pictures.forEach((picture, number) => {
    const place = number % EACH;
    const [left, top] = [place % ACROSS, Math.floor(place / ACROSS)].map((cell) => cell * modules * pixels);
    put(picture, pixels, frames[Math.floor(number / EACH)], top * WIDTH + left);
  });
  return frames;
}

/** Draws a picture with a module of so many pixels, from a corner. */
function put({ side, pixels: drawn }, pixels, frame, corner) {
  for (let from = 0, line = corner; from < side * side; from += MODULE * side, line += pixels * WIDTH) {
    for (let x = 0; x < side; x += MODULE) {
      const at = line + (x / MODULE) * pixels;
      frame.fill(drawn[from + x], at, at + pixels);
    }
    for (let again = 1; again < pixels; again += 1) {
      frame.copyWithin(line + again * WIDTH, line, line + (side / MODULE) * pixels);
    }
  }
}
