// Pictures of QR codes.

import { decode, encode } from 'fast-png';
import { encodeQR } from 'qr';

/**
 * Square, row by row, 0 for black and 255 for white; `quiet` of its pixels on each side are white.
 *
 * @typedef {{ side: number, quiet: number, pixels: Uint8Array }} Picture
 */

/**
 * Pixels of a module, and modules of white on each side (ISO/IEC 18004 §9.1): as `coffret` draws.
 */
export const MODULE = 6;
const QUIET_ZONE = 4;

/**
 * A text as a code. What is read back from films of these was written by another library than the
 * page's.
 *
 * @param {string} text
 * @param {'low' | 'medium' | 'quartile'} correction
 * @returns {Picture}
 */
export function draw(text, correction = 'low') {
  const rows = encodeQR(text, 'raw', { ecc: correction, border: QUIET_ZONE });
  const side = rows.length * MODULE;
  const pixels = new Uint8Array(side * side);
  rows.forEach((row, module) => {
    const top = module * MODULE * side;
    row.forEach((dark, place) => pixels.fill(dark ? 0 : 255, top + place * MODULE, top + (place + 1) * MODULE));
    for (let line = 1; line < MODULE; line += 1) pixels.copyWithin(top + line * side, top, top + side);
  });
  return { side, quiet: QUIET_ZONE * MODULE, pixels };
}

/**
 * A picture that `coffret` has drawn: grey, one bit a pixel.
 *
 * @param {Uint8Array} png
 * @returns {Picture}
 */
export function fromPng(png) {
  const { width: side, height, depth, channels, data } = decode(png);
  if (side !== height || depth !== 1 || channels !== 1) throw new Error('not a picture of coffret’s');
  const stride = Math.ceil(side / 8);
  const pixels = new Uint8Array(side * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      pixels[y * side + x] = (data[y * stride + (x >> 3)] >> (7 - (x & 7))) & 1 ? 255 : 0;
    }
  }
  return { side, quiet: quiet(side, pixels), pixels };
}

/**
 * A picture as a file.
 *
 * @param {Picture} picture
 */
export const toPng = ({ side, pixels }) => encode({ width: side, height: side, data: pixels, channels: 1 });

/** The corner of a finder pattern is the first that is black on the diagonal. */
function quiet(side, pixels) {
  const diagonal = Array.from({ length: side }, (_, place) => pixels[place * side + place]);
  return diagonal.indexOf(0);
}
