// What the lens throws on the sensor: a scene, not quite sharp.

import { blur } from './blur.mjs';
import { POSES } from './pose.mjs';
import { around, put, sightline } from './scene.mjs';
import { HEIGHT, WIDTH } from './y4m.mjs';

/** Scenes kept: a frame sees two codes at most, and the next frame one of them. */
const KEPT = 3;

/** Draws what is before the camera, and keeps what it will be asked for again. */
export class Lens {
  #conditions;
  #empty = new Map();
  #sightlines = new Map();
  #scenes = [];

  /** @param {import('./conditions.mjs').Conditions} conditions */
  constructor(conditions) {
    this.#conditions = conditions;
  }

  /**
   * The brightness of each pixel in a frame, with a picture on the screen or none.
   *
   * @param {import('./picture.mjs').Picture | null} picture
   * @returns {Uint8Array}
   */
  sees(picture, frame) {
    const pose = this.#conditions.shake > 0 ? frame % POSES : 0;
    const known = this.#scenes.findIndex((scene) => scene.picture === picture && scene.pose === pose);
    const [scene] = known < 0 ? [this.#draw(picture, pose)] : this.#scenes.splice(known, 1);
    this.#scenes.unshift(scene);
    this.#scenes.splice(KEPT);
    return scene.pixels;
  }

  #draw(picture, pose) {
    const pixels = once(this.#empty, pose, () => this.#around(pose)).slice();
    if (picture) {
      const { side, quiet } = picture;
      const form = `${side} ${quiet} ${pose}`;
      const line = once(this.#sightlines, form, () => sightline(picture, this.#conditions, pose));
      put(picture.pixels, line, pixels);
      blur(pixels, line.box, this.#conditions.blur);
    }
    return { picture, pose, pixels };
  }

  #around(pose) {
    const pixels = around(this.#conditions, pose);
    blur(pixels, { left: 0, right: WIDTH, top: 0, bottom: HEIGHT }, this.#conditions.blur);
    return pixels;
  }
}

function once(known, key, make) {
  if (!known.has(key)) known.set(key, make());
  return known.get(key);
}
