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

/**
 * In bytes: values of the script, its buffers, what the browser holds for it, and WebAssembly's
 * memories; and nodes of documents.
 */
export async function held(page) {
  const session = await page.context().newCDPSession(page);
  // What one pass lets go of may hold more, which the next collects.
  for (let pass = 0; pass < 3; pass += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize, embedderHeapUsedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  await session.detach();
  const wasm = await page.evaluate(() => globalThis.wasmBytes());
  return { script: usedSize, buffers: backingStorageSize, browser: embedderHeapUsedSize, wasm, nodes };
}
