// The browser's camera is a file, and what it sees is written into that file while it films.
//
// Chromium opens the file when a page starts the camera, reads the frame at an offset that it moves
// on by a frame each time, and begins anew where the file ends. So a file of one blank frame is a
// camera that sees nothing, and frames that are added are seen at once and in their order. A frame
// of which only a part is there ends the camera, so a file only grows, by whole frames, and a blank
// camera is a new file.

import { closeSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs';
import { filmed, frame, header, HEIGHT, WIDTH } from '../film.mjs';

/** Frames a second, whatever the film: the file says it once. */
const RATE = 30;

const HEADER = header(RATE);
const BLANK = frame(Buffer.alloc(WIDTH * HEIGHT, 90));

export class Camera {
  #file;

  /** A camera that sees nothing. */
  constructor(path) {
    this.path = path;
    this.blank();
  }

  /** Sees nothing, once it is started anew. */
  blank() {
    this.close();
    const unseen = `${this.path}.part`;
    this.#file = openSync(unseen, 'w');
    writeSync(this.#file, HEADER);
    writeSync(this.#file, BLANK);
    renameSync(unseen, this.path);
  }

  /** Sees a film from its beginning, over and over. Before another, it must be blank. */
  play(film) {
    const place = (frame) => HEADER.length + frame * BLANK.length;
    ftruncateSync(this.#file, place(film.length + 1));
    film.forEach((frame, number) => writeSync(this.#file, frame, 0, frame.length, place(number + 1)));
  }

  close() {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
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
