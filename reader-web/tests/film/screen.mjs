// What the phone's screen shows, slot by slot.

import { randomness } from './random.mjs';

/**
 * The picture of each slot; `null` where nothing is seen of it.
 *
 * @param {import('./picture.mjs').Picture[]} pictures
 * @param {import('./conditions.mjs').Conditions} conditions
 * @returns {(import('./picture.mjs').Picture | null)[]}
 */
export function slots(pictures, { from, shows = pictures.length, lost, hostile, seed }) {
  const random = randomness(seed);
  const shown = Array.from({ length: shows }, (_, slot) => pictures[(from + slot) % pictures.length]);
  return [...hostile, ...shown.map((picture) => (random() < lost ? null : picture))];
}
