// Y4M: uncompressed video that Chromium takes for a camera's (--use-file-for-fake-video-capture).

export const WIDTH = 640;
export const HEIGHT = 480;

/** Grey has no colours: the middle of both chroma planes, of a quarter of the pixels each. */
const CHROMA = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
const FRAME = Buffer.from('FRAME\n');

/** What a file begins with. */
export function header(camera) {
  return Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${camera}:1 Ip A1:1 C420jpeg\n`);
}

/** A frame of the file: always of the same length. */
export function frame(luma) {
  return Buffer.concat([FRAME, luma, CHROMA]);
}
