// Readings in a browser: a camera that films a phone, a wallet behind the phone's screen.
//
//     COFFRET_PROGRAM  the program `coffret`
//     READER_SITE      the folder of the built page
//     COFFRET_ANSWER   `coffret-test-vectors`; what takes it is skipped without
//     COFFRET_LEAST_COST `least_cost`, without which the wallets are slower
//     COFFRET_PICTURES a folder for pictures of verdicts, if any are wanted

import { forged } from './cases/forged.mjs';
import { verdicts } from './cases/verdicts.mjs';
import { play } from './stage/theatre.mjs';

play('what the verifier’s page reads', verdicts, forged);
