// While the page loads, and when it cannot.

import { Problem } from '../parts/reason';
import type { Broken } from '../state';
import { words, type Say } from '../words';
import type { View } from './page';

/** The page is being loaded. */
export function StartingScreen({ say }: { say: Say }) {
  return <p class="starting">{say(words.starting)}</p>;
}

/** The page cannot do anything, and why. */
export function BrokenScreen({ screen, say, send }: View<Broken>) {
  return (
    <>
      <h1 tabIndex={-1}>{say(words.cannotStart)}</h1>
      <Problem reason={screen.problem} say={say} />
      <p>
        <button class="main" onClick={() => send({ type: 'reload' })}>
          {say(words.reload)}
        </button>
      </p>
    </>
  );
}
