// The page's decoder, outside a browser.

import { readFileSync } from 'node:fs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { OPTIONS } from '../../src/decoder-options.js';

const WASM = new URL('../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm', import.meta.url);

/** Of a pixel's red, green, blue and opacity, the last, in memory's order. */
const OPAQUE = 0xff000000;

await prepareZXingModule({ overrides: { wasmBinary: readFileSync(WASM).buffer }, fireImmediately: true });

/**
 * The texts of the codes in a grey picture, row by row.
 *
 * @param {Uint8Array} grey
 * @returns {Promise<string[]>}
 */
export function textsOf(grey, width, height) {
  const pixels = new Uint32Array(grey.length);
  for (let place = 0; place < grey.length; place += 1) pixels[place] = OPAQUE | (grey[place] * 0x010101);
  return textsIn({ data: new Uint8ClampedArray(pixels.buffer), width, height, colorSpace: 'srgb' });
}

/**
 * The texts of the codes in a picture.
 *
 * @param {Uint8Array} png
 * @returns {Promise<string[]>}
 */
export const textsOfPng = (png) => textsIn(new Blob([png]));

async function textsIn(picture) {
  const found = await readBarcodes(picture, OPTIONS);
  return found.filter((code) => code.isValid).map((code) => code.text);
}
