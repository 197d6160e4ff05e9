// A photograph of a face, near enough: JPEG of a wanted size, drawn and encoded by the browser.

const SIDE = { width: 480, height: 600 };

/**
 * The JPEG of the least quality that has as many bytes.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<Buffer>}
 */
export async function portrait(page, bytes) {
  const encoded = await page.evaluate(encode, { ...SIDE, bytes });
  return Buffer.from(encoded, 'base64');
}

/** In the page. */
async function encode({ width, height, bytes }) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  const oval = (colour, x, y, across, down) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.ellipse(x * width, y * height, across * width, down * height, 0, 0, 2 * Math.PI);
    pen.fill();
  };
  pen.fillStyle = '#c9d3dc';
  pen.fillRect(0, 0, width, height);
  oval('#39424e', 0.5, 1.05, 0.45, 0.3);
  oval('#3a2a20', 0.5, 0.42, 0.3, 0.34);
  oval('#d9a98a', 0.5, 0.47, 0.24, 0.3);
  oval('#2c2320', 0.41, 0.44, 0.03, 0.018);
  oval('#2c2320', 0.59, 0.44, 0.03, 0.018);
  oval('#a5544d', 0.5, 0.63, 0.08, 0.02);
  // Skin and cloth have grain, which is what a photograph's bytes are spent on.
  const picture = pen.getImageData(0, 0, width, height);
  for (let place = 0, state = 1; place < picture.data.length; place += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const grain = ((state >>> 24) - 128) / 14;
    for (let colour = 0; colour < 3; colour += 1) picture.data[place + colour] += grain;
  }
  pen.putImageData(picture, 0, 0);
  let [below, above] = [0, 1];
  let found;
  for (let tries = 0; tries < 10; tries += 1) {
    const quality = (below + above) / 2;
    const [, base64] = canvas.toDataURL('image/jpeg', quality).split(',');
    const enough = (base64.length * 3) / 4 >= bytes;
    if (enough) found = base64;
    [below, above] = enough ? [below, quality] : [quality, above];
  }
  return found;
}
