// The verifier's page in a browser: a camera that films a phone, a wallet behind the phone's screen.
//
//     COFFRET_PROGRAM  the program `coffret`
//     READER_SITE      the folder of the built page
//     COFFRET_ANSWER   `coffret-test-vectors`; what takes it is skipped without
//     COFFRET_PICTURES a folder for pictures of verdicts, if any are wanted

import { after, afterEach, before, describe } from 'node:test';
import { accessible } from './cases/accessible.mjs';
import { filmed } from './cases/filmed.mjs';
import { forged } from './cases/forged.mjs';
import { offline } from './cases/offline.mjs';
import { personal } from './cases/personal.mjs';
import { settings } from './cases/settings.mjs';
import { verdicts } from './cases/verdicts.mjs';
import { Stage } from './stage/stage.mjs';
import { missing } from './stage/surroundings.mjs';

describe('the verifier’s page', { skip: missing('COFFRET_PROGRAM', 'READER_SITE') }, () => {
  /** @type {Stage} */
  let stage;
  before(async () => {
    stage = await Stage.set();
  });
  afterEach(() => stage.clear());
  after(() => stage.strike());

  const on = () => stage;
  verdicts(on);
  forged(on);
  filmed(on);
  accessible(on);
  personal(on);
  settings(on);
  // Last: what every page before asked the network for is in it.
  offline(on);
});
