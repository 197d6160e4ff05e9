// A lens that is not quite in focus.

import { HEIGHT, WIDTH } from './y4m.mjs';

/**
 * The part of a frame to which something is done.
 *
 * @typedef {{ left: number, right: number, top: number, bottom: number }} Box
 */

const between = new Float32Array(WIDTH * HEIGHT);

/** Blurs a box of a plane in place, by a normal distribution of the deviation in pixels. */
export function blur(plane, { left, right, top, bottom }, deviation) {
  if (deviation === 0) return;
  const weights = curve(deviation);
  const reach = weights.length - 1;
  // What the second pass reaches must have been through the first; the frame's edge is left out.
  const box = {
    left: Math.max(left - reach, reach),
    right: Math.min(right + reach, WIDTH - reach),
    top: Math.max(top - reach, reach),
    bottom: Math.min(bottom + reach, HEIGHT - reach),
  };
  along(plane, between, { ...box, top: box.top - reach, bottom: box.bottom + reach }, weights);
  down(between, plane, box, weights);
}

/** The middle's weight, and then those of the pixels to one side of it. */
function curve(deviation) {
  const reach = Math.ceil(2 * deviation);
  const heights = Array.from({ length: reach + 1 }, (_, far) => Math.exp(-((far / deviation) ** 2) / 2));
  const sum = heights.reduce((sum, height, far) => sum + (far === 0 ? height : 2 * height), 0);
  return Float32Array.from(heights, (height) => height / sum);
}

// Two functions, each for its own kinds of array: one for both is much slower.

function along(from, to, { left, right, top, bottom }, weights) {
  for (let row = top * WIDTH; row < bottom * WIDTH; row += WIDTH) {
    for (let place = row + left; place < row + right; place += 1) {
      let sum = from[place] * weights[0];
      for (let far = 1; far < weights.length; far += 1) {
        sum += (from[place - far] + from[place + far]) * weights[far];
      }
      to[place] = sum;
    }
  }
}

function down(from, to, { left, right, top, bottom }, weights) {
  for (let row = top * WIDTH; row < bottom * WIDTH; row += WIDTH) {
    for (let place = row + left; place < row + right; place += 1) {
      let sum = from[place] * weights[0];
      for (let far = 1, step = WIDTH; far < weights.length; far += 1, step += WIDTH) {
        sum += (from[place - step] + from[place + step]) * weights[far];
      }
      to[place] = sum;
    }
  }
}
