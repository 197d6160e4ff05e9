// Reads pictures of codes, as another camera would.

import { textsOf } from '../film/decoder.mjs';

/** @param {import('../film/picture.mjs').Picture} picture */
export async function textOf({ side, pixels }) {
  const [text] = await textsOf(pixels, side, side);
  if (text === undefined) throw new Error('a picture without a code');
  return text;
}
