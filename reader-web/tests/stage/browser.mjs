// Debian's Chromium, with the file of a `Camera` for its camera and no way out of this computer.

import { chromium } from 'playwright-core';
import { CHROMIUM } from './surroundings.mjs';

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

/**
 * Everything that a script needs is compiled once, before it runs, and stays: what the browser would compile
 * again, later or never, does not look like something that the script holds.
 */
export const COMPILED_ONCE =
  '--js-flags=--always-sparkplug --no-maglev --no-opt --no-lazy-feedback-allocation --no-flush-bytecode';

/**
 * @param {import('./camera.mjs').Camera} camera
 * @param {string[]} switches more of them
 */
export function browse(camera, switches) {
  const args = [...SWITCHES, ...switches, `--use-file-for-fake-video-capture=${camera.path}`];
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args });
}
