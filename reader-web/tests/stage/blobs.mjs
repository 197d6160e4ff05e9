// Addresses of pictures in memory: how many of them still lead somewhere.

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
  });
}

/** How many there are. */
export const liveBlobs = (page) => page.evaluate(() => globalThis.liveBlobs.size);
