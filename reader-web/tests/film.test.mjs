// The film maker itself: what it makes is read when it should be, and is the same each time.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { textsOf } from './film/decoder.mjs';
import { conditions, draw, filmed, HEIGHT, WIDTH } from './film.mjs';

const SAID = Array.from({ length: 6 }, (_, place) => `UR:X-MDOC-0123456789ABCDEF/${place + 1}-6/${'ABCDEF'.repeat(40)}`);
const PICTURES = SAID.map((text) => draw(text));

/** The texts that are read in a film, one after the other; a frame without one is left out. */
async function read(as) {
  const seen = [];
  for (const luma of filmed(PICTURES, as)) {
    const [text] = await textsOf(luma, WIDTH, HEIGHT);
    if (text !== undefined && text !== seen.at(-1)) seen.push(text);
  }
  return seen;
}

for (const preset of ['clean', 'counter', 'hard']) {
  test(`small codes are all read, in their order: ${preset}`, async () => {
    assert.deepEqual(await read(conditions(preset)), SAID);
  });
}

test('a film may begin in the middle', async () => {
  const expected = [...SAID.slice(4), ...SAID.slice(0, 4)];
  assert.deepEqual(await read(conditions('counter', { from: 4 })), expected);
});

test('codes that are lost are not read', async () => {
  const seen = await read(conditions('clean', { lost: 0.5, seed: 3 }));
  assert.ok(seen.length > 0 && seen.length < SAID.length, `${seen.length} of ${SAID.length}`);
});

test('others’ codes come first', async () => {
  const other = 'HTTPS://EXEMPLE.TEST/';
  assert.deepEqual(await read(conditions('clean', { hostile: [draw(other)] })), [other, ...SAID]);
});

test('a shutter that rolls tears frames and mixes codes', () => {
  const [dark, light] = [0, 255].map((tone) => ({ side: 40, quiet: 4, pixels: new Uint8Array(1600).fill(tone) }));
  const as = conditions('clean', { rate: 10, readout: 0.02, exposure: 0.01, noise: 0 });
  const middle = (luma) => Array.from({ length: HEIGHT - 200 }, (_, row) => luma[(row + 100) * WIDTH + WIDTH / 2]);
  const tones = Array.from(filmed([dark, light], as), (luma) => new Set(middle(luma)).size);
  assert.ok(tones.some((many) => many > 10), 'a frame goes from one to the other');
  assert.ok(tones.filter((many) => many === 1).length > 3, 'most frames are of one');
});

test('the same conditions make the same film, another seed another', () => {
  const digest = (as) => {
    const hash = createHash('sha256');
    for (const luma of filmed(PICTURES, as)) hash.update(luma);
    return hash.digest('hex');
  };
  assert.equal(digest(conditions('hard', { shows: 2 })), digest(conditions('hard', { shows: 2 })));
  assert.notEqual(digest(conditions('hard', { shows: 2 })), digest(conditions('hard', { shows: 2, seed: 2 })));
});
