// What passes before the page's camera, as cameras see it. As reading.test.mjs.

import { filmed } from './cases/filmed.mjs';
import { play } from './stage/theatre.mjs';

play('what the verifier’s camera sees', filmed);
