// What the page is made of beside itself: the core and the decoder, both WebAssembly.

import init from 'coffret-web';

import { loadDecoder } from './decoder';
import { problems } from './problems';

/** The name of the core's file: written by the build. */
declare const CORE: string;

/** Loads both. Throws a `Reason`. */
export async function load(): Promise<void> {
  // Neither the camera nor keys are to be had.
  if (!isSecureContext) throw problems.insecure;
  const films = 'requestVideoFrameCallback' in HTMLVideoElement.prototype;
  if (typeof WebAssembly !== 'object' || !films) throw problems.tooOld;
  try {
    const core = init({ module_or_path: new URL(CORE, document.baseURI) });
    await Promise.all([core, loadDecoder()]);
  } catch (thrown) {
    // What the browser cannot compile is there and too new for it.
    throw thrown instanceof WebAssembly.CompileError ? problems.tooOld : problems.notLoaded;
  }
}
