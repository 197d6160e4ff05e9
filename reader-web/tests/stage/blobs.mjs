// Pictures in memory: how many of them are still there.

/** Counts them from before the page's own script. */
export function countBlobs(page) {
  return page.addInitScript(() => {
    const live = new Set();
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      const url = createObjectURL.call(URL, blob);
      live.add(url);
      return url;
    };
    URL.revokeObjectURL = (url) => {
      revokeObjectURL.call(URL, url);
      live.delete(url);
    };
    globalThis.liveBlobs = live;

    const made = [];
    globalThis.Blob = class extends Blob {
      constructor(parts, how) {
        super(parts, how);
        made.push(...parts);
      }
    };
    globalThis.made = made;
  });
}

/** Addresses that still lead somewhere. */
export const liveBlobs = (page) => page.evaluate(() => globalThis.liveBlobs.size);

/** What pictures were made of, and is still in memory. */
export const unwiped = (page) =>
  page.evaluate(() => globalThis.made.filter((bytes) => bytes.some((byte) => byte !== 0)).length);
