// What the page is made of beside itself: the core and the decoder, both WebAssembly.

import init from 'coffret-web';

import { loadDecoder } from './decoder';
import { problems } from './problems';

/** Loads both. Throws a `Reason`. */
export async function load(): Promise<void> {
  if (typeof WebAssembly !== 'object') throw problems.noWebAssembly;
  try {
    const core = init({ module_or_path: new URL('coffret_web_bg.wasm', document.baseURI) });
    await Promise.all([core, loadDecoder()]);
  } catch (thrown) {
    // What the browser cannot compile is there and too new for it.
    throw thrown instanceof WebAssembly.CompileError ? problems.noWebAssembly : problems.notLoaded;
  }
}
