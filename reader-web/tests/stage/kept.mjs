// All that the page has stored in the browser: what it is called, and the text of all of it.

/** @param {import('playwright-core').Page} page */
export function kept(page) {
  return page.evaluate(async () => {
    // Its own files are all there from then on.
    await navigator.serviceWorker.ready;
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });

    // JSON would write some characters otherwise.
    const text = [];
    const latin = (bytes) => {
      text.push(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
      return `${bytes.length} bytes`;
    };
    const plain = (value) =>
      JSON.stringify(value, (_, inner) => {
        if (inner instanceof ArrayBuffer) return latin(new Uint8Array(inner));
        if (ArrayBuffer.isView(inner)) return latin(new Uint8Array(inner.buffer));
        if (inner instanceof CryptoKey) return `key, extractable: ${inner.extractable}`;
        if (inner instanceof Blob) throw new Error('a blob, which is not looked into');
        return inner;
      });

    const databases = {};
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const table of database.objectStoreNames) {
        const rows = await done(database.transaction(table).objectStore(table).getAll());
        databases[`${name} ${table}`] = rows.map(plain);
      }
      database.close();
    }
    const files = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        files.push(`${request.url}, ${latin(new Uint8Array(await response.arrayBuffer()))}`);
      }
    }
    const directory = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) directory.push(name);
    const all = {
      databases,
      files: files.sort(),
      directory,
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookies: document.cookie,
      name: globalThis.name,
      history: history.state,
    };
    return { ...all, text: text.sort().join('\n') + JSON.stringify(all) };
  });
}
