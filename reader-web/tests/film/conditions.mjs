// How a film is taken.

/**
 * @typedef {object} Conditions
 * @property {number} rate codes a second that the phone shows
 * @property {number} camera frames a second that the camera takes
 * @property {number} drift by how much the camera's clock is slow: phases move
 * @property {number} readout seconds between a frame's first row and its last: codes are torn
 * @property {number} exposure seconds that a row gathers light: codes are mixed
 * @property {number} share the code's side, of the frame's height
 * @property {number} turn degrees about the line of sight
 * @property {[number, number]} tilt degrees about the code's horizontal and vertical
 * @property {number} shake pixels that the hand moves
 * @property {number} blur standard deviation in pixels
 * @property {[number, number]} range the luma of a dark module and of a light one
 * @property {number} uneven light lost from one corner to the other
 * @property {{ strength: number, radius: number, at: [number, number], travel: number }} glare
 *   a lamp's reflection: luma added at its middle; radius, place and path in heights of the frame,
 *   from the middle
 * @property {number} noise the sensor's, standard deviation in luma
 * @property {number} lost share of the shown codes that nothing is seen of
 * @property {number} from the picture that is shown first
 * @property {number | undefined} shows how many codes are shown; each once where it is not said
 * @property {import('./picture.mjs').Picture[]} hostile shown before everything else
 * @property {number} seed
 */

/** @type {Conditions} */
const clean = {
  rate: 12,
  camera: 30,
  drift: 0,
  readout: 0,
  exposure: 0,
  share: 0.8,
  turn: 0,
  tilt: [0, 0],
  shake: 0,
  blur: 0.4,
  range: [16, 235],
  uneven: 0,
  glare: { strength: 0, radius: 0.1, at: [0, 0], travel: 0 },
  noise: 1,
  lost: 0,
  from: 0,
  shows: undefined,
  hostile: [],
  seed: 1,
};

/** A phone held to a tablet in a shop. */
const counter = {
  drift: 0.003,
  readout: 0.02,
  exposure: 0.012,
  share: 0.7,
  turn: 4,
  tilt: [8, -6],
  shake: 2,
  blur: 0.8,
  range: [36, 218],
  uneven: 0.25,
  glare: { strength: 70, radius: 0.1, at: [0.3, -0.3], travel: 0.05 },
  noise: 4,
};

/** Held askew, badly lit, and a camera that is slow for it. */
const hard = {
  camera: 24,
  drift: 0.004,
  readout: 0.033,
  exposure: 0.022,
  share: 0.62,
  turn: 9,
  tilt: [16, 12],
  shake: 4,
  blur: 1.1,
  range: [52, 196],
  uneven: 0.4,
  glare: { strength: 240, radius: 0.035, at: [0.26, -0.22], travel: 0.14 },
  noise: 8,
};

const NAMED = { clean: {}, counter, hard };

/**
 * Named ones, with changes.
 *
 * @param {'clean' | 'counter' | 'hard'} name
 * @param {Partial<Conditions>} changes
 * @returns {Conditions}
 */
export function conditions(name, changes = {}) {
  return { ...clean, ...NAMED[name], ...changes };
}
