// QR codes in pictures: zxing, with its .wasm from beside the page.

import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

import { OPTIONS } from './decoder-options.js';

/** The name of its file: written by the build. */
declare const DECODER: string;

/** Loads the decoder. */
export async function loadDecoder(): Promise<void> {
  // Left to itself, zxing-wasm fetches its .wasm from elsewhere.
  const locateFile = () => new URL(DECODER, document.baseURI).href;
  await prepareZXingModule({ overrides: { locateFile }, fireImmediately: true });
}

/** The texts of the codes in a picture. */
export async function decode(picture: ImageData): Promise<string[]> {
  const found = await readBarcodes(picture, OPTIONS);
  return found.filter((code) => code.isValid).map((code) => code.text);
}
