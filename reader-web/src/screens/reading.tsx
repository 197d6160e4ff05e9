// The reader's code and what the camera sees, side by side where there is room.

import type { Choice } from '../camera';
import { Code } from '../parts/code';
import { Problem } from '../parts/reason';
import type { CameraState, ReadingScreen, Send } from '../state';
import { words, type Say, type Words } from '../words';
import type { View } from './page';

/** Milliseconds without anything read, after which something is not as it should be: consent takes some. */
const PATIENCE = 30_000;

/** Milliseconds for which it is said of another's code that it is one. */
const STRANGE_FOR = 3_000;

/** From the code to the last frame of the phone's. */
export function ReadingScreenView({ state, screen, say, send }: View<ReadingScreen>) {
  const { code, goodUntil, progress } = screen;
  const hint = hintOf(screen, state.now);
  const left = goodUntil === null ? null : Math.max(0, Math.ceil((goodUntil - state.now) / 1000));
  return (
    <div class="reading">
      <div class="top">
        <h1 tabIndex={-1}>{say(words.reading(screen.request.title))}</h1>
        <button onClick={() => send({ type: 'go', to: 'home' })}>{say(words.cancel)}</button>
      </div>
      <section class="step" aria-labelledby="step1">
        <h2 id="step1">
          <span class="number">1</span> <span>{say(words.step1)}</span>
        </h2>
        <div class="frame paper">{code ? <Code code={code} say={say} /> : <p>{say(words.preparing)}</p>}</div>
        <p class="note" role="timer">
          {left !== null && say(words.goodFor(left))}
        </p>
      </section>
      <section class="step" aria-labelledby="step2">
        <h2 id="step2">
          <span class="number">2</span> <span>{say(words.step2)}</span>
        </h2>
        <Film camera={screen.camera} read={progress !== null} say={say} send={send} />
        <div class="progress">
          <label for="progress">
            {say(hint ?? (progress ? words.partsRead(progress.have, progress.of) : words.nothingRead))}
          </label>
          <progress id="progress" max={progress?.of ?? 1} value={progress?.have ?? 0} />
          <p class="heard" role="status">
            {hint && say(hint)}
          </p>
          <Cameras cameras={screen.cameras} filming={screen.camera} say={say} send={send} />
        </div>
      </section>
    </div>
  );
}

function Film({ camera: state, read, say, send }: { camera: CameraState; read: boolean; say: Say; send: Send }) {
  switch (state.is) {
    case 'starting':
      return (
        <div class="frame film">
          <p>{say(words.cameraStarting)}</p>
        </div>
      );
    case 'off':
      return (
        <div class="frame film">
          <Problem reason={state.problem} say={say} />
          <p>
            <button class="main" onClick={() => send({ type: 'camera', id: null })}>
              {say(words.retry)}
            </button>
          </p>
        </div>
      );
    case 'on':
      return (
        <div class={`frame film${read ? ' read' : ''}`}>
          <video
            class={state.camera.mirrored ? 'mirrored' : ''}
            aria-label={say(words.preview)}
            ref={state.camera.watch}
            muted
            playsInline
          />
        </div>
      );
  }
}

/** What helps where nothing is read. */
function hintOf({ since, strange, progress }: ReadingScreen, now: number): Words | null {
  if (strange !== null && now - strange < STRANGE_FOR && progress === null) return words.strangeCode;
  return since !== null && now - since > PATIENCE ? words.comeCloser : null;
}

function Cameras({ cameras, filming, say, send }: { cameras: Choice[]; filming: CameraState; say: Say; send: Send }) {
  if (cameras.length < 2) return null;
  const chosen = filming.is === 'on' ? filming.camera.id : undefined;
  return (
    <label class="field">
      <span>{say(words.camera)}</span>
      <select value={chosen} onChange={({ currentTarget }) => send({ type: 'camera', id: currentTarget.value })}>
        {cameras.map(({ id, name }, index) => (
          <option key={id} value={id}>
            {name || say(words.cameraNumber(index + 1))}
          </option>
        ))}
      </select>
    </label>
  );
}
