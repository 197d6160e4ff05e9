// A page that is open all day holds no more in the evening. Beside the other tests: it takes minutes, and waits for
// the camera most of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMPILED_ONCE } from './stage/browser.mjs';
import { countMemories, held } from './stage/memory.mjs';
import { Stage } from './stage/stage.mjs';
import { missing } from './stage/surroundings.mjs';
import { WORDS } from './stage/words.mjs';

/** A part of the test: after each but the first, what the page holds is compared with what it held before it. */
const READINGS = 10;
const PARTS = 4;

/** The least that a reading could leave behind: a small portrait. */
const PORTRAIT = 2887;

/**
 * What may be gained in the part that gains least. What a reading leaves behind is gained in every
 * part; what the browser caches and notes is gained in some, when it has the time.
 * Buffers, in which portraits and pictures of the camera are: not one portrait. The script's values: less than a
 * portrait a reading. What the browser holds for them has no portraits in it, and varies by more.
 */
const GAIN = { wasm: 0, nodes: 0, buffers: PORTRAIT, script: READINGS * PORTRAIT, browser: 2 * READINGS * PORTRAIT };

const skip = missing('COFFRET_PROGRAM', 'COFFRET_ANSWER', 'READER_SITE');

test(`the page holds no more after each ${READINGS} readings`, { skip }, async (t) => {
  const stage = await Stage.set({ switches: [COMPILED_ONCE] });
  try {
    const desk = await stage.open({ before: countMemories });
    const rests = [];
    for (let part = 0; part < PARTS; part += 1) {
      await desk.asksFor([WORDS.smallPortrait]);
      for (let reading = 1; reading <= READINGS; reading += 1) {
        const { colour } = await stage.answered('specimen', { desk });
        assert.equal(colour, 'orange');
        if (reading < READINGS) await desk.again();
      }
      rests.push(await atRest(desk));
    }
    for (const [what, most] of Object.entries(GAIN)) {
      const gains = rests.slice(1).map((rest, part) => rest[what] - rests[part][what]);
      t.diagnostic(`${what}: ${gains.join(', ')} of ${rests.at(-1)[what]}`);
      assert.ok(Math.min(...gains) <= most, `${what}: ${gains.join(', ')} more`);
    }
  } finally {
    await stage.strike();
  }
});

/** Where nothing is filmed: while the camera is on, the picture that is being read is in memory, or not yet. */
async function atRest(desk) {
  await desk.forgets();
  return held(desk.page);
}
