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

/** @param {import('./camera.mjs').Camera} camera */
export function browse(camera) {
  const args = [...SWITCHES, `--use-file-for-fake-video-capture=${camera.path}`];
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args });
}
