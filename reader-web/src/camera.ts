// The camera: its pictures go to the screen and to the decoder, and nowhere else.

import { decode } from './decoder';
import { isNamed, problems } from './problems';

/** A camera that can be chosen; its name is empty where the browser does not tell. */
export interface Choice {
  id: string;
  name: string;
}

/** A camera that films. */
export interface Camera {
  /** Shows what it films in this element, and reads codes from it; stops with `null`. */
  watch(this: void, preview: HTMLVideoElement | null): void;
  /** The one that films. */
  id: string | undefined;
  /** Whether people see themselves in it, as in a mirror. */
  mirrored: boolean;
  /** Puts it out. */
  close(): void;
}

/** Who is told of what a camera sees. */
export interface Watcher {
  /** The text of a code. */
  seen(text: string): void;
  /** The camera was taken away. */
  stopped(): void;
}

/** Milliseconds after which a camera should have a picture. */
const DARK = 2_000;

const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

/** Starts the camera of this id, or else one that looks away from the person at the page. Throws a `Reason`. */
export async function openCamera(id: string | null, watcher: Watcher): Promise<Camera> {
  const stream = await film(id).catch((thrown: unknown) => {
    throw whyNot(thrown);
  });
  const [track] = stream.getVideoTracks();
  // Taken away, or denied its picture by a switch or another program.
  for (const lost of ['ended', 'mute']) track?.addEventListener(lost, () => watcher.stopped());
  setTimeout(() => {
    if (track?.muted === true && track.readyState === 'live') watcher.stopped();
  }, DARK);
  const settings = track?.getSettings();
  let stop = () => {};
  return {
    watch: (preview) => {
      stop();
      stop = preview === null ? () => {} : watch(preview, stream, watcher.seen);
    },
    id: settings?.deviceId,
    mirrored: settings?.facingMode !== 'environment',
    close: () => {
      stop();
      for (const each of stream.getTracks()) each.stop();
    },
  };
}

async function film(id: string | null): Promise<MediaStream> {
  const ask = (which: MediaTrackConstraints) =>
    navigator.mediaDevices.getUserMedia({ audio: false, video: { ...PICTURE, ...which } });
  const any = { facingMode: { ideal: 'environment' } };
  if (id === null) return ask(any);
  try {
    return await ask({ deviceId: { exact: id } });
  } catch (thrown) {
    // The one chosen before is not there today, or another program has it.
    if (isNamed(thrown, 'OverconstrainedError', 'NotFoundError', 'NotReadableError', 'AbortError')) return ask(any);
    throw thrown;
  }
}

/** The cameras that there are. */
export async function cameras(): Promise<Choice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const films = devices.filter((device) => device.kind === 'videoinput');
  return films.map((device) => ({ id: device.deviceId, name: device.label }));
}

function whyNot(thrown: unknown): unknown {
  if (isNamed(thrown, 'NotAllowedError', 'SecurityError')) return problems.cameraRefused;
  if (isNamed(thrown, 'NotFoundError', 'OverconstrainedError')) return problems.noCamera;
  if (isNamed(thrown, 'NotReadableError', 'AbortError')) return problems.cameraBusy;
  return thrown;
}

/** Reads codes from each picture that there is time for; gives what stops it. */
function watch(preview: HTMLVideoElement, stream: MediaStream, seen: (text: string) => void): () => void {
  const canvas = document.createElement('canvas');
  const pixels = canvas.getContext('2d', { willReadFrequently: true });
  let handle = 0;
  let stopped = false;
  const next = () => {
    if (!stopped) handle = preview.requestVideoFrameCallback(look);
  };
  const look = async () => {
    const { videoWidth: width, videoHeight: height } = preview;
    try {
      if (pixels === null || width === 0 || height === 0) return;
      // A tablet that is turned films in other proportions.
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      pixels.drawImage(preview, 0, 0);
      const texts = await decode(pixels.getImageData(0, 0, width, height));
      if (!stopped) texts.forEach(seen);
    } catch {
      // A picture that cannot be decoded is one without a code: the next comes at once.
    } finally {
      next();
    }
  };
  preview.srcObject = stream;
  // Autoplay may be off: a muted preview that a person asked for is allowed to play.
  preview.play().catch(() => {});
  next();
  return () => {
    stopped = true;
    preview.cancelVideoFrameCallback(handle);
    preview.srcObject = null;
    canvas.width = 0;
  };
}
