// The reader's code.

import type { Shown } from '../state';
import { words, type Say } from '../words';

/** Modules of white around a QR code (ISO/IEC 18004 §9.1). */
const QUIET = 4;

/** The frame whose turn it is: black on white whatever the theme. */
export function Code({ code, say }: { code: Shown; say: Say }) {
  const picture = code.pictures[code.turn];
  if (picture === undefined) return null;
  const side = picture.width + 2 * QUIET;
  return (
    <svg
      class="code"
      role="img"
      aria-label={say(words.code)}
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      data-frames={code.frames.join(' ')}
    >
      <path d={picture.path} />
    </svg>
  );
}
