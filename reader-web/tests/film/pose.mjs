// How the phone is held, and where a pixel's line of sight meets its screen.

import { HEIGHT, WIDTH } from './y4m.mjs';

/** In pixels: a view of 56 degrees, a laptop's. */
const FOCAL_LENGTH = 600;

/** A hand comes back to where it was after as many frames. */
export const POSES = 8;

/**
 * The matrix, row by row, that takes a pixel (u, v, 1) to the point (x, y, 1) of the screen that it
 * sees, times a number: `x` to the right and `y` down from the code's middle, in sides of the code.
 *
 * @param {import('./conditions.mjs').Conditions} conditions
 * @returns {number[]}
 */
export function sight({ share, turn, tilt, shake }, pose) {
  const phase = (2 * Math.PI * pose) / POSES;
  // While the hand moves by a pixel the wrist turns by a tenth of a degree.
  const angle = (degrees, sway) => ((degrees + (sway * shake) / 10) * Math.PI) / 180;
  const [right, down] = axes(
    angle(turn, Math.sin(phase)),
    angle(tilt[0], Math.cos(phase)),
    angle(tilt[1], Math.sin(2 * phase)),
  );
  const distance = FOCAL_LENGTH / (share * HEIGHT);
  // The point (x, y) is at x·right + y·down + (0, 0, distance).
  const [a, b, c] = inverted([
    [right[0], down[0], 0],
    [right[1], down[1], 0],
    [right[2], down[2], distance],
  ]);
  const middle = [WIDTH / 2 + shake * Math.cos(phase), HEIGHT / 2 + shake * Math.sin(2 * phase)];
  return [a, b, c].flatMap((row) => {
    const [u, v] = [row[0] / FOCAL_LENGTH, row[1] / FOCAL_LENGTH];
    return [u, v, row[2] - u * middle[0] - v * middle[1]];
  });
}

/** The screen's directions to the right and down, after it is tilted about each and turned. */
function axes(turn, aboutRight, aboutDown) {
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const [cr, sr] = [Math.cos(aboutRight), Math.sin(aboutRight)];
  const [cd, sd] = [Math.cos(aboutDown), Math.sin(aboutDown)];
  const right = [cd, sr * sd, -cr * sd];
  const down = [0, cr, sr];
  return [right, down].map(([x, y, z]) => [c * x - s * y, s * x + c * y, z]);
}

/** By the cofactors. */
function inverted([[a, b, c], [d, e, f], [g, h, i]]) {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const cofactors = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return cofactors.map((row) => row.map((cofactor) => cofactor / determinant));
}
