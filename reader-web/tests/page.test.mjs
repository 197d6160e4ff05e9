// The page around a reading: without traces, set once, without a network. As reading.test.mjs.

import { offline } from './cases/offline.mjs';
import { personal } from './cases/personal.mjs';
import { settings } from './cases/settings.mjs';
import { play } from './stage/theatre.mjs';

play('the verifier’s page', personal, settings, offline);
