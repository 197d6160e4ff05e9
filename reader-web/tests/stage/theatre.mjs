// Cases that are played on one stage, in their order.

import { after, afterEach, before, describe } from 'node:test';
import { quiet } from '../cases/quiet.mjs';
import { Stage } from './stage.mjs';
import { missing } from './surroundings.mjs';

/**
 * @param {string} name
 * @param {((on: () => Stage) => void)[]} cases each of which gets the stage once a test begins
 */
export function play(name, ...cases) {
  describe(name, { skip: missing('COFFRET_PROGRAM', 'READER_SITE') }, () => {
    /** @type {Stage} */
    let stage;
    before(async () => {
      stage = await Stage.set();
    });
    afterEach(() => stage.clear());
    after(() => stage.strike());

    for (const some of [...cases, quiet]) some(() => stage);
  });
}
