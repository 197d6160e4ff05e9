// The page for everyone. As reading.test.mjs.

import { accessible } from './cases/accessible.mjs';
import { play } from './stage/theatre.mjs';

play('the verifier’s page, for everyone', accessible);
