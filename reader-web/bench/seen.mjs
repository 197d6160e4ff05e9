// How much of an animated code is read, on films of it.

import { conditions, draw, filmed, HEIGHT, WIDTH } from '../tests/film.mjs';
import { textsOf } from '../tests/film/decoder.mjs';
import { randomness } from '../tests/film/random.mjs';

/** Codes in a film: a share is told to three in a hundred. */
const CODES = 30;

/** What a part says beside its fragment, in bytes: five CBOR heads and numbers, and the checksum of bytewords. */
const AROUND = 20;

/** A frame as `coffret` writes it, two letters a byte. Which bytes makes no difference to a camera. */
function frame(fragment, place, random) {
  const letter = () => String.fromCharCode(65 + Math.floor(random() * 26));
  const body = Array.from({ length: 2 * (fragment + AROUND) }, letter).join('');
  return `UR:X-MDOC-0123456789ABCDEF/${place + 10}-67/${body}`;
}

/**
 * The codes of fragments of a size, drawn; nothing where no code holds as much.
 *
 * @returns {{ modules: number, pictures: import('../tests/film/picture.mjs').Picture[] } | undefined}
 */
export function codes(fragment, correction) {
  const random = randomness(fragment);
  try {
    const texts = Array.from({ length: CODES }, (_, place) => frame(fragment, place, random));
    const pictures = texts.map((text) => draw(text, correction));
    return { modules: (pictures[0].side / pictures[0].quiet - 2) * 4, pictures };
  } catch (error) {
    if (error instanceof RangeError || /capacity/i.test(error.message)) return undefined;
    throw error;
  }
}

/**
 * Shares of the camera's frames that are read, and of the codes that are read while they are shown.
 */
export async function seen(pictures, preset, changes) {
  const as = conditions(preset, { ...changes, shows: CODES });
  const read = new Set();
  let frames = 0;
  let good = 0;
  for (const luma of filmed(pictures, as)) {
    const [text] = await textsOf(luma, WIDTH, HEIGHT);
    frames += 1;
    good += text === undefined ? 0 : 1;
    read.add(text);
  }
  read.delete(undefined);
  return { frames: good / frames, codes: read.size / CODES };
}
