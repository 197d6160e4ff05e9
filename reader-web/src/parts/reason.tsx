// What happened, what to do, and what to quote.

import type { Reason } from 'coffret-web';

import { words, type Say } from '../words';

/** Something that went wrong in what was being done. It is announced when it appears. */
export function Problem({ reason, say }: { reason: Reason; say: Say }) {
  return (
    <div class="problem" role="alert">
      <ReasonText reason={reason} say={say} />
    </div>
  );
}

/** A reason in words. */
export function ReasonText({ reason, say }: { reason: Reason; say: Say }) {
  return (
    <>
      <p class="happened">{say(reason.happened)}</p>
      <p>{say(reason.next)}</p>
      <p class="quote">{say(words.quote(reason.number))}</p>
    </>
  );
}
