// What is before the camera: a counter, a phone on it, and the pixels in which its code is seen.

import { sight } from './pose.mjs';
import { HEIGHT, WIDTH } from './y4m.mjs';

/** From the code's middle, in its sides; how bright each is. */
const SCREEN = { width: 0.56, height: 1.1, brightness: 250 };
const PHONE = { width: 0.6, height: 1.2, brightness: 12 };
const COUNTER = 105;

/** The samples of a pixel, from its middle: a module may be two pixels wide. */
const OFFSETS = [[-0.25, -0.25], [0.25, -0.25], [-0.25, 0.25], [0.25, 0.25]];

/** The scene without a code: the brightness of each pixel. */
export function around(conditions, pose) {
  const m = sight(conditions, pose);
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  for (let v = 0, place = 0; v < HEIGHT; v += 1) {
    for (let u = 0; u < WIDTH; u += 1, place += 1) {
      const scale = m[6] * u + m[7] * v + m[8];
      const x = Math.abs((m[0] * u + m[1] * v + m[2]) / scale);
      const y = Math.abs((m[3] * u + m[4] * v + m[5]) / scale);
      const within = [SCREEN, PHONE].find(({ width, height }) => x < width && y < height);
      pixels[place] = within ? within.brightness : COUNTER;
    }
  }
  return pixels;
}

/**
 * Which pixels see a picture, the box that they are in, and of each, the places in the picture of
 * its samples; -1 beside it.
 *
 * @typedef {{ pixels: Int32Array, samples: Int32Array, box: import('./blur.mjs').Box }} Sightline
 * @returns {Sightline}
 */
export function sightline({ side, quiet }, conditions, pose) {
  const m = sight(conditions, pose);
  const code = side - 2 * quiet;
  const pixels = new Int32Array(WIDTH * HEIGHT);
  const samples = new Int32Array(WIDTH * HEIGHT * OFFSETS.length);
  const box = { left: WIDTH, right: 0, top: HEIGHT, bottom: 0 };
  let count = 0;
  for (let v = 0; v < HEIGHT; v += 1) {
    for (let u = 0; u < WIDTH; u += 1) {
      let seen = false;
      for (let sample = 0; sample < OFFSETS.length; sample += 1) {
        const su = u + OFFSETS[sample][0];
        const sv = v + OFFSETS[sample][1];
        const scale = m[6] * su + m[7] * sv + m[8];
        const x = Math.floor(((m[0] * su + m[1] * sv + m[2]) / scale) * code + side / 2);
        const y = Math.floor(((m[3] * su + m[4] * sv + m[5]) / scale) * code + side / 2);
        const inside = x >= 0 && x < side && y >= 0 && y < side;
        samples[count * OFFSETS.length + sample] = inside ? y * side + x : -1;
        seen ||= inside;
      }
      if (seen) {
        pixels[count] = v * WIDTH + u;
        count += 1;
        include(box, u, v);
      }
    }
  }
  return { pixels: pixels.slice(0, count), samples: samples.slice(0, count * OFFSETS.length), box };
}

function include(box, u, v) {
  box.left = Math.min(box.left, u);
  box.right = Math.max(box.right, u + 1);
  box.top = Math.min(box.top, v);
  box.bottom = Math.max(box.bottom, v + 1);
}

/** Puts a picture into a scene: each pixel the mean of its samples. */
export function put(picture, { pixels, samples }, scene) {
  const each = OFFSETS.length;
  for (let at = 0, next = 0; at < pixels.length; at += 1) {
    const place = pixels[at];
    let sum = 0;
    for (let sample = 0; sample < each; sample += 1, next += 1) {
      const from = samples[next];
      sum += from < 0 ? scene[place] : picture[from];
    }
    scene[place] = sum / each;
  }
}
