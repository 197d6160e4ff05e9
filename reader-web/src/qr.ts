// The reader's code as a picture that is sharp at any size.

import { code } from 'coffret-web';

/** One frame: the modules of its QR code as a path, without the quiet zone. */
export interface CodePicture {
  width: number;
  path: string;
}

/** The picture of a frame. Throws a `Reason`. */
export function pictureOf(frame: string): CodePicture {
  const { width, modules } = code(frame);
  const runs: string[] = [];
  for (let y = 0; y < width; y++) {
    let x = 0;
    while (x < width) {
      const from = x;
      while (x < width && modules[y * width + x] === 1) x++;
      if (x > from) runs.push(`M${from} ${y}h${x - from}v1h${from - x}z`);
      else x++;
    }
  }
  return { width, path: runs.join('') };
}
