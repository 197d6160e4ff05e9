// All that the page has stored in the browser, as text.

/** @param {import('playwright-core').Page} page */
export function kept(page) {
  return page.evaluate(async () => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });

    const plain = (value) =>
      JSON.stringify(value, (_, inner) => {
        if (inner instanceof ArrayBuffer) return latin(new Uint8Array(inner));
        if (ArrayBuffer.isView(inner)) return latin(new Uint8Array(inner.buffer));
        if (inner instanceof CryptoKey) return `key, extractable: ${inner.extractable}`;
        return inner;
      });
    const latin = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

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
      const requests = await (await caches.open(name)).keys();
      files.push(...requests.map(({ url }) => url));
    }
    return {
      databases,
      files: files.sort(),
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookies: document.cookie,
      name: globalThis.name,
    };
  });
}
