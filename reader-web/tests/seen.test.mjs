// What is seen: by the camera, and by everyone on the screen. As reading.test.mjs.

import { accessible } from './cases/accessible.mjs';
import { filmed } from './cases/filmed.mjs';
import { play } from './stage/theatre.mjs';

play('what the camera sees, and what everyone does', filmed, accessible);
