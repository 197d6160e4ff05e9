// When each row of each frame gathers light, and so which code it sees.

import { randomness } from './random.mjs';
import { HEIGHT } from './y4m.mjs';

/** A rolling shutter before a screen that changes at another rate. */
export class Shutter {
  #last;
  #conditions;
  #phase;

  /** @param {import('./conditions.mjs').Conditions} conditions */
  constructor(slots, conditions) {
    const { rate, camera, seed } = conditions;
    this.#last = slots - 1;
    this.#conditions = conditions;
    // Whoever holds a phone up does not wait for a frame to begin.
    this.#phase = randomness(seed + 1)() / camera;
    /** Frames while something is shown. */
    this.frames = Math.max(1, Math.floor((slots / rate) * camera));
  }

  /** The slot in which the row begins to gather light, the one in which it ends, and the share of the second. */
  sees(frame, row) {
    const { rate, camera, drift, readout, exposure } = this.#conditions;
    const opens = this.#phase + (frame * (1 + drift)) / camera + (readout * row) / HEIGHT;
    const closes = opens + exposure;
    const before = Math.min(Math.floor(opens * rate), this.#last);
    const after = Math.min(Math.floor(closes * rate), this.#last);
    const share = before === after ? 0 : (closes - after / rate) / exposure;
    return { before, after, share };
  }
}
