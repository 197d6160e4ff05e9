// @ts-check
// How codes are looked for, by the page and by the tests' own decoder.

/** @type {import('zxing-wasm/reader').ReaderOptions} */
export const OPTIONS = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: true,
  // What else is in the picture, a poster behind the phone, must not hide the phone's code.
  maxNumberOfSymbols: 4,
  textMode: 'Plain',
};
