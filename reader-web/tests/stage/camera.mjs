// The browser's camera is a file, and what it sees is written into that file while it films.
//
// Chromium reads the frame at an offset that it moves on by a frame each time, and begins anew where
// the file ends. So a file of one blank frame is a camera that sees nothing, frames that are added
// are seen at once and in their order, and a file that is cut to one frame is blank again.

import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { filmed, frame, header, HEIGHT, WIDTH } from '../film.mjs';

/** Frames a second, whatever the film: the file says it once. */
export const RATE = 30;

const BLANK = frame(Buffer.alloc(WIDTH * HEIGHT, 90));

export class Camera {
  #file;

  /** A camera that sees nothing. */
  constructor(path) {
    this.path = path;
    this.#file = openSync(path, 'w');
    writeSync(this.#file, header(RATE), 0, undefined, 0);
    this.#write(0, BLANK);
  }

  /** Sees a film from its beginning, over and over. */
  play(film) {
    this.blank();
    film.forEach((frame, place) => this.#write(place + 1, frame));
  }

  /** Sees nothing. */
  blank() {
    ftruncateSync(this.#file, header(RATE).length + BLANK.length);
  }

  close() {
    closeSync(this.#file);
  }

  #write(place, frame) {
    writeSync(this.#file, frame, 0, frame.length, header(RATE).length + place * BLANK.length);
  }
}

/**
 * A film for this camera: all of it before any is seen, so that no frame comes late.
 *
 * @param {import('../film/picture.mjs').Picture[]} pictures
 * @param {import('../film/conditions.mjs').Conditions} conditions
 */
export function develop(pictures, conditions) {
  return Array.from(filmed(pictures, { ...conditions, camera: RATE }), frame);
}
