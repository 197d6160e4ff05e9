// From what the lens throws on the sensor to what the sensor says: light, reflections, noise.

import { POSES } from './pose.mjs';
import { normal, randomness } from './random.mjs';
import { HEIGHT, WIDTH } from './y4m.mjs';

/** Limited range: video knows nothing darker or lighter. */
const [DARKEST, LIGHTEST] = [16, 235];

/** Rows begin at any place of it, so that no two are alike. */
const NOISE = 1 << 17;

export class Light {
  #dark;
  #gain;
  #glare;
  #noise;
  #random;

  /** @param {import('./conditions.mjs').Conditions} conditions */
  constructor({ range: [dark, light], uneven, glare, noise, seed }) {
    this.#dark = dark;
    this.#gain = gain((light - dark) / 255, uneven);
    this.#glare = Array.from({ length: POSES }, (_, pose) => reflection(glare, pose));
    this.#random = randomness(seed + 2);
    this.#noise = normal(this.#random, noise, NOISE);
  }

  /** Writes a row of a frame, which saw `older` and then, for a share of its time, `newer`. */
  falls(older, newer, share, row, frame, luma) {
    const [gain, glare, noise] = [this.#gain, this.#glare[frame % POSES], this.#noise];
    const start = row * WIDTH;
    let from = Math.floor(this.#random() * (NOISE - WIDTH));
    for (let place = start; place < start + WIDTH; place += 1, from += 1) {
      const seen = older[place] + (newer[place] - older[place]) * share;
      const said = this.#dark + seen * gain[place] + glare[place] + noise[from];
      luma[place] = said < DARKEST ? DARKEST : said > LIGHTEST ? LIGHTEST : said;
    }
  }
}

/** What brightness becomes: less from the upper left to the lower right. */
function gain(most, uneven) {
  const pixels = new Float32Array(WIDTH * HEIGHT);
  pixels.forEach((_, place) => {
    const across = (place % WIDTH) / WIDTH + Math.floor(place / WIDTH) / HEIGHT;
    pixels[place] = most * (1 - (uneven * across) / 2);
  });
  return pixels;
}

/** A lamp in the glass, which moves as the hand does. */
function reflection({ strength, radius, at: [x, y], travel }, pose) {
  const phase = (2 * Math.PI * pose) / POSES;
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  if (strength === 0) return pixels;
  const middle = [WIDTH / 2 + (x + travel * Math.sin(phase)) * HEIGHT, HEIGHT / 2 + (y + travel * Math.cos(phase)) * HEIGHT];
  pixels.forEach((_, place) => {
    const far = Math.hypot((place % WIDTH) - middle[0], Math.floor(place / WIDTH) - middle[1]) / HEIGHT;
    pixels[place] = Math.min(255, strength * Math.exp(-((far / radius) ** 2) / 2));
  });
  return pixels;
}
