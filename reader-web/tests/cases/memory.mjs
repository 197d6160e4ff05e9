// A page that is open all day holds no more in the evening.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countMemories, held } from '../stage/memory.mjs';
import { missing } from '../stage/surroundings.mjs';

/** A few seconds each: only whoever asks for them waits. */
const READINGS = Number(process.env.COFFRET_READINGS ?? 200);

/** Until then the browser compiles, caches, and makes its heaps as large as they will be. */
const WARM = 40;

/**
 * What may be gained: less than a kilobyte a reading. The least that a reading could leave behind,
 * the small portrait, is three; a frame of the camera is 1.2 MB.
 */
const GAIN = (READINGS - WARM) * 1024;

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function memory(on) {
  const skip = missing('COFFRET_ANSWER') || (!process.env.COFFRET_READINGS && 'COFFRET_READINGS not set: 200 take a quarter of an hour');

  test(`after ${READINGS} readings the page holds no more than after ${WARM}`, { skip }, async (t) => {
    const desk = await on().open({ before: countMemories });
    let warm;
    for (let reading = 1; reading <= READINGS; reading += 1) {
      const { outcome } = await on().answered('specimen', 'age-18', { desk, filmed: FAST, preset: 'clean' });
      assert.equal(outcome, 'specimen');
      await desk.forgets();
      if (reading === WARM) warm = await held(desk.page);
    }
    const now = await held(desk.page);
    const gained = Object.fromEntries(Object.keys(now).map((what) => [what, now[what] - warm[what]]));
    t.diagnostic(`held ${JSON.stringify(now)}, gained ${JSON.stringify(gained)}`);
    assert.equal(gained.wasm, 0, 'WebAssembly’s memory has its size');
    assert.ok(gained.nodes <= 0, `${gained.nodes} nodes more`);
    for (const what of ['script', 'buffers', 'browser']) {
      assert.ok(gained[what] < GAIN, `${gained[what]} bytes more: ${what}`);
    }
    await desk.close();
  });
}

/** A code for each frame of the camera. */
const FAST = { rate: 30 };
