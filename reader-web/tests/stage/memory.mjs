// What a page holds in memory, once everything is collected that it has let go of.

/** Counts what WebAssembly holds, from before the page's own script. */
export function countMemories(page) {
  return page.addInitScript(() => {
    const memories = new Set();
    const heed = (instance) => {
      for (const value of Object.values(instance.exports)) if (value instanceof WebAssembly.Memory) memories.add(value);
    };
    for (const name of ['instantiate', 'instantiateStreaming']) {
      const plain = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const made = await plain.apply(WebAssembly, given);
        heed(made instanceof WebAssembly.Instance ? made : made.instance);
        return made;
      };
    }
    globalThis.wasmBytes = () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  });
}

/** How often a page is looked at that does not come to rest, and how long it is left alone between. */
const LOOKS = 20;
const PAUSE = 500;

/** Less than this is no change: looking takes some itself. */
const LITTLE = 4_000;

/** The use of the heaps once it falls no more: what is let go of may hold more, and a busy browser is late. */
async function settled(session) {
  const sum = (use) => use.usedSize + use.backingStorageSize + use.embedderHeapUsedSize;
  let before;
  let use;
  for (let look = 0; look < LOOKS && !(before && sum(before) - sum(use) < LITTLE); look += 1) {
    before = use;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    await session.send('HeapProfiler.collectGarbage');
    use = await session.send('Runtime.getHeapUsage');
  }
  return use;
}

/**
 * In bytes: values of the script, its buffers, what the browser holds for it, and WebAssembly's
 * memories; and nodes of documents.
 */
export async function held(page) {
  const session = await page.context().newCDPSession(page);
  const { usedSize, backingStorageSize, embedderHeapUsedSize } = await settled(session);
  const { nodes } = await session.send('Memory.getDOMCounters');
  await session.detach();
  const wasm = await page.evaluate(() => globalThis.wasmBytes());
  return { script: usedSize, buffers: backingStorageSize, browser: embedderHeapUsedSize, wasm, nodes };
}
