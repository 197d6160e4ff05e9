// One reading: the core says what is to be done, this does it. Nothing of the core outlives it.

import type { AskedElement, Effect, Outcome, Reading, Words } from 'coffret-web';

import { sign } from './keys';
import { problems } from './problems';
import type { Kept } from './store';
import { readerOf, usableOwn } from './trust';

/** What to ask: what a purpose needs, or these elements. */
export type Request = { title: Words } & ({ purpose: string } | { elements: AskedElement[] });

/** Who is told how a reading goes. */
export interface Listener {
  /** The reader's code is these frames, in turn. */
  shown(frames: string[]): void;
  /** The camera sees codes, and none is of an answer to this one. */
  strange(): void;
  /** So many fragments of the holder's code have been read. */
  progressed(have: number, of: number): void;
  /** The reader's code is good until then. */
  goodUntil(time: number): void;
  /** It is over; nothing more is told. */
  ended(outcome: Outcome): void;
  /** It broke off, if only over its end; nothing more is told. */
  failed(thrown: unknown): void;
}

/** A reading that goes on until it has ended, failed or been given up. */
export interface Session {
  /** Asks. */
  begin(): void;
  /** A QR code was seen. */
  seen(text: string): void;
  /** Ends it, without a word. */
  giveUp(): void;
}

/** A reading of which `listener` is told, to be begun. Throws a `Reason` where it cannot be asked. */
export function read(request: Request, kept: Kept, listener: Listener): Session {
  const own = usableOwn(kept, Date.now());
  const reading = ask(request, kept);
  let asked = false;
  let over = false;
  let timer: number | undefined;

  const end = () => {
    over = true;
    clearTimeout(timer);
    try {
      reading.free();
    } catch {
      // A core that has broken off cannot free anything: the page is to be reloaded.
    }
  };
  const fail = (thrown: unknown) => {
    if (!over) end();
    listener.failed(thrown);
  };
  const step = (event: () => Effect[]) => {
    if (over) return;
    try {
      for (const effect of event()) if (!over) perform(effect);
    } catch (thrown) {
      fail(thrown);
    }
  };
  const frame = (text: string) => {
    const effects = reading.frame(text, Date.now());
    if (effects.length === 0) listener.strange();
    return effects;
  };
  const wake = (time: number) => {
    // Timers may come early: the core counts in whole seconds of the clock.
    if (Date.now() < time) timer = setTimeout(wake, time - Date.now(), time);
    else step(() => reading.tick(Date.now()));
  };
  const perform = (effect: Effect): void => {
    switch (effect.type) {
      case 'sign':
        // The core was given the certificate of this key, or does not ask.
        if (own === null) throw problems.unexpected;
        sign(own, effect.messages).then(
          (done) => step(() => reading.signed(done, Date.now())),
          (thrown) => {
            if (!over) fail(thrown);
          },
        );
        return;
      case 'show':
        asked = true;
        return listener.shown(effect.frames);
      case 'progress':
        return listener.progressed(effect.have, effect.of);
      case 'wakeAt':
        listener.goodUntil(effect.time);
        return wake(effect.time);
      case 'ended':
        end();
        return listener.ended(effect.outcome);
    }
  };

  return {
    begin: () => step(() => reading.begin()),
    seen: (text) => {
      // The camera may be ready before the request is signed.
      if (asked) step(() => frame(text));
    },
    giveUp: () => {
      if (!over) end();
    },
  };
}

function ask(request: Request, kept: Kept): Reading {
  const now = Date.now();
  const reader = readerOf(kept, now);
  try {
    return 'purpose' in request ? reader.ask_purpose(request.purpose, now) : reader.ask_elements(request.elements, now);
  } finally {
    reader.free();
  }
}
