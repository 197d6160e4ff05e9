// A reading as it happens at the counter: the code on the screen, the camera, the core in between.

import type { Outcome, Reason } from 'coffret-web';

import { cameras, openCamera, type Camera } from './camera';
import { asReason, problems } from './problems';
import { pictureOf } from './qr';
import { read, type Request, type Session } from './reading';
import type { ReadingScreen, Shown } from './state';
import type { Kept } from './store';

/** Who is told of what becomes of it. */
export interface Onlooker {
  /** The screen has changed so. */
  changed(change: Partial<ReadingScreen>): void;
  /** It is over. */
  ended(outcome: Outcome): void;
  /** It broke off. */
  failed(reason: Reason): void;
}

/** Codes a second: two changes are a flash, of which three a second are allowed (WCAG 2.3.1). */
const TURNS = { full: 6, reduced: 2.5 };

/** The reader's code is shown and the camera watches, from when it begins until it ends or is closed. */
export class Encounter {
  readonly #onlooker: Onlooker;
  readonly #session: Session;
  #camera: Camera | null = null;
  /** How many cameras were asked for: only the last counts. */
  #asked = 0;
  #wanted: string | null = null;
  /** When another's code was seen. */
  #other = 0;
  /** Whether the camera was taken away. */
  #stopped = false;
  #shown: Shown | null = null;
  #turning: number | undefined;
  #awake: WakeLockSentinel | null = null;
  #closed = false;

  /** To be begun. Throws a `Reason` where it cannot be asked. */
  constructor(request: Request, kept: Kept, onlooker: Onlooker) {
    this.#onlooker = onlooker;
    this.#session = read(request, kept, {
      shown: (frames) => this.#show(frames),
      strange: () => this.#sawOther(Date.now()),
      progressed: (have, of) => onlooker.changed({ progress: { have, of }, since: Date.now() }),
      goodUntil: (time) => onlooker.changed({ goodUntil: time }),
      ended: (outcome) => {
        this.close();
        onlooker.ended(outcome);
      },
      failed: (thrown) => {
        this.close();
        onlooker.failed(asReason(thrown));
      },
    });
  }

  /** Shows the code and starts the camera. */
  begin(camera: string | null): void {
    this.#session.begin();
    void this.#stayAwake();
    void this.film(camera);
  }

  /** Films with this camera, or with one that the browser prefers. */
  async film(id: string | null): Promise<void> {
    if (this.#closed) return;
    this.#camera?.close();
    this.#camera = null;
    this.#onlooker.changed({ camera: { is: 'starting' } });
    const asked = ++this.#asked;
    this.#wanted = id;
    this.#stopped = false;
    const current = () => !this.#closed && asked === this.#asked;
    try {
      const camera = await openCamera(id, {
        seen: (text) => this.#session.seen(text),
        stopped: () => {
          if (!current()) return;
          this.#stopped = true;
          this.#lost(problems.cameraStopped);
        },
      });
      if (!current()) return camera.close();
      this.#camera = camera;
      this.#onlooker.changed({ camera: { is: 'on', camera } });
    } catch (thrown) {
      if (current()) this.#lost(asReason(thrown));
    }
    // Their names are told to whoever films already.
    const there = await cameras();
    if (current()) this.#onlooker.changed({ cameras: there });
  }

  /** The page is seen again: what was taken from a hidden one is asked for anew. */
  returned(): void {
    void this.#stayAwake();
    if (this.#stopped) void this.film(this.#wanted);
  }

  /** Ends it: the camera is put out, and the core has nothing left of it. */
  close(): void {
    this.#closed = true;
    this.#session.giveUp();
    this.#camera?.close();
    clearInterval(this.#turning);
    void this.#awake?.release();
  }

  /** Once a second is often enough for what is seen in every picture. */
  #sawOther(now: number): void {
    if (now - this.#other < 1000) return;
    this.#other = now;
    this.#onlooker.changed({ strange: now });
  }

  #show(frames: string[]): void {
    this.#shown = { frames, pictures: frames.map(pictureOf), turn: 0 };
    this.#onlooker.changed({ code: this.#shown, since: Date.now() });
    if (frames.length < 2) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#turning = setInterval(() => this.#turn(), 1000 / (still ? TURNS.reduced : TURNS.full));
  }

  #turn(): void {
    if (this.#shown === null) return;
    const { turn, frames } = this.#shown;
    this.#shown = { ...this.#shown, turn: (turn + 1) % frames.length };
    this.#onlooker.changed({ code: this.#shown });
  }

  #lost(problem: Reason): void {
    this.#camera?.close();
    this.#camera = null;
    this.#onlooker.changed({ camera: { is: 'off', problem } });
  }

  /** A tablet must not dim while a phone reads its screen; where it cannot be told so, it dims. */
  async #stayAwake(): Promise<void> {
    // It is let go where the page is hidden.
    if (this.#closed || this.#awake?.released === false) return;
    try {
      const awake = await navigator.wakeLock.request('screen');
      if (this.#closed) await awake.release();
      else this.#awake = awake;
    } catch {}
  }
}
