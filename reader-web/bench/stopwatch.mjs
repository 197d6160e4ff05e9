// Times a reading from inside the page, which need not know of it.

/** The function of the core's that takes a frame, as WebAssembly exports it. */
const FRAME = 'reading_frame';

/** Prepares a page, before its own script. */
export function timed(page) {
  return page.addInitScript((name) => {
    const watch = { frames: 0, verification: 0, begun: 0, ended: 0 };
    globalThis.stopwatch = watch;

    // The browser gives exports that cannot be changed: the page gets copies of them.
    const { instantiateStreaming } = WebAssembly;
    WebAssembly.instantiateStreaming = async (...given) => {
      const { instance, module } = await instantiateStreaming.apply(WebAssembly, given);
      const taken = instance.exports[name];
      if (!taken) return { instance, module };
      const frame = (...of) => {
        const start = performance.now();
        const given = taken(...of);
        watch.verification = performance.now() - start;
        return given;
      };
      return { instance: { exports: { ...instance.exports, [name]: frame } }, module };
    };

    const { requestVideoFrameCallback } = HTMLVideoElement.prototype;
    HTMLVideoElement.prototype.requestVideoFrameCallback = function counted(look) {
      return requestVideoFrameCallback.call(this, (...of) => {
        watch.frames += 1;
        return look(...of);
      });
    };

    new MutationObserver(() => {
      if (!watch.ended && document.querySelector('main[data-screen="verdict"]')) watch.ended = performance.now();
    }).observe(document, { subtree: true, childList: true, attributes: true });
  }, FRAME);
}

/** The phone is about to show its first code. */
export function begun(page) {
  return page.evaluate(() => {
    Object.assign(globalThis.stopwatch, { begun: performance.now(), frames: 0, ended: 0 });
  });
}

/** Seconds to the verdict, frames that were looked at, milliseconds of the core for the last of them. */
export function ended(page) {
  return page.evaluate(() => {
    const { frames, verification, begun, ended } = globalThis.stopwatch;
    return { frames, verification, seconds: (ended - begun) / 1000 };
  });
}
