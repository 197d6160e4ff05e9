// Serves the page's own files from a cache of their version, and nothing else.

/** The files with their digests, and a digest of them all: written by the build. */
declare const FILES: Record<string, string>;
declare const VERSION: string;

const worker = self as unknown as ServiceWorkerGlobalScope;

/** Another page at the same origin has caches of its own. */
const OURS = `coffret-reader ${worker.registration.scope} `;
const CACHE = OURS + VERSION;
const PAGE = 'index.html';

worker.addEventListener('install', (event) => {
  event.waitUntil(fill());
});

worker.addEventListener('message', (event) => {
  if (event.data === 'take over') void worker.skipWaiting();
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(worker.registration.scope)) return;
  event.respondWith(answer(request));
});

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  const files = Object.entries(FILES);
  await Promise.all(files.map(async ([file, integrity]) => cache.put(file, await fetched(file, integrity))));
}

/** Past the browser's own cache. Where the server has another version yet, nothing is installed. */
async function fetched(file: string, integrity: string): Promise<Response> {
  const { body, headers } = await fetch(file, { cache: 'reload', integrity });
  // Made anew: what a server has redirected answers no navigation. The body is no longer encoded, and is the same
  // whoever asks.
  const kept = new Headers(headers);
  for (const name of ['Content-Encoding', 'Content-Length', 'Vary']) kept.delete(name);
  return new Response(body, { headers: kept });
}

async function takeOver(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  // A window that is half loaded wants files of the version before, which is the last of them.
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = (await cache.match(request)) ?? (await caches.match(request));
  if (kept !== undefined) return kept;
  const page = request.url.split(/[?#]/)[0] === worker.registration.scope ? await cache.match(PAGE) : undefined;
  return page ?? fetch(request);
}
