// What a camera sees of a phone's screen: the pictures of an animated code become a film.
//
//     const as = conditions('counter', { lost: 0.1, from: 7 });
//     write(header(as.camera));
//     for (const luma of filmed(pictures, as)) write(frame(luma));
//
// Deterministic: the same pictures and conditions give the same bytes. The conditions are a model,
// not measurements of cameras: they are there to be hard in the ways in which cameras are hard.

import { Lens } from './film/lens.mjs';
import { Light } from './film/light.mjs';
import { slots } from './film/screen.mjs';
import { Shutter } from './film/shutter.mjs';
import { HEIGHT, WIDTH } from './film/y4m.mjs';

export { conditions } from './film/conditions.mjs';
export { draw, fromPng, toPng } from './film/picture.mjs';
export { stills } from './film/still.mjs';
export { frame, header, HEIGHT, WIDTH } from './film/y4m.mjs';

/**
 * The luma planes of a film, one after the other in the same memory.
 *
 * @param {import('./film/picture.mjs').Picture[]} pictures what the phone shows in turn
 * @param {import('./film/conditions.mjs').Conditions} conditions
 * @returns {Generator<Uint8Array>}
 */
export function* filmed(pictures, conditions) {
  const shown = slots(pictures, conditions);
  const lens = new Lens(conditions);
  const light = new Light(conditions);
  const shutter = new Shutter(shown.length, conditions);
  const luma = new Uint8Array(WIDTH * HEIGHT);
  for (let frame = 0; frame < shutter.frames; frame += 1) {
    for (let row = 0; row < HEIGHT; row += 1) {
      const { before, after, share } = shutter.sees(frame, row);
      const older = lens.sees(shown[before], frame);
      const newer = before === after ? older : lens.sees(shown[after], frame);
      light.falls(older, newer, share, row, frame, luma);
    }
    yield luma;
  }
}
