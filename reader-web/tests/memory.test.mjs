// A page that is open all day holds no more in the evening. Beside the other tests: it takes minutes, and waits for
// the camera most of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countMemories, held } from './stage/memory.mjs';
import { Stage } from './stage/stage.mjs';
import { missing } from './stage/surroundings.mjs';
import { WORDS } from './stage/words.mjs';

/** As many again as warm the page: a reading that leaves anything is seen forty times. */
const READINGS = 80;

/** Until then the browser compiles, caches, and makes its heaps as large as they will be. */
const WARM = 40;

/** The least that a reading could leave behind: a small portrait. */
const PORTRAIT = 2887;

/**
 * What may be gained in all. Buffers, in which portraits and pictures of the camera are: not one
 * portrait. The script's values and the browser's: a portrait a reading; the browser notes how long
 * each thing took, a few hundred notes at most, and compiles what is used often.
 */
const GAIN = { wasm: 0, nodes: 0, buffers: PORTRAIT, script: (READINGS - WARM) * PORTRAIT, browser: (READINGS - WARM) * PORTRAIT };

const skip = missing('COFFRET_PROGRAM', 'COFFRET_ANSWER', 'READER_SITE');

test(`after ${READINGS} readings the page holds what it held after ${WARM}`, { skip }, async (t) => {
  const stage = await Stage.set();
  try {
    const desk = await stage.open({ before: countMemories });
    await desk.asksFor([WORDS.smallPortrait]);
    let warm;
    for (let reading = 1; reading <= READINGS; reading += 1) {
      const { colour } = await stage.answered('specimen', { desk });
      assert.equal(colour, 'orange');
      if (reading === WARM) {
        warm = await atRest(desk);
        await desk.asksFor([WORDS.smallPortrait]);
      } else if (reading < READINGS) await desk.again();
    }
    const now = await atRest(desk);
    const gained = Object.fromEntries(Object.keys(now).map((what) => [what, now[what] - warm[what]]));
    t.diagnostic(`held ${JSON.stringify(now)}, gained ${JSON.stringify(gained)}`);
    for (const [what, most] of Object.entries(GAIN)) assert.ok(gained[what] <= most, `${what}: ${gained[what]} more`);
  } finally {
    await stage.strike();
  }
});

/** Where nothing is filmed: while the camera is on, the picture that is being read is in memory, or not yet. */
async function atRest(desk) {
  await desk.forgets();
  return held(desk.page);
}
