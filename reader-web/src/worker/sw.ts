// Serves the page's own files from a cache of their version, and nothing else.

/** The files, and a digest of them: written by the build. */
declare const FILES: string[];
declare const VERSION: string;

const worker = self as unknown as ServiceWorkerGlobalScope;

const CACHE = `coffret-reader-${VERSION}`;
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
  // Past the browser's own cache, where files of the version before may be.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' })));
}

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith('coffret-reader-') && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  if (request.mode !== 'navigate') return fetch(request);
  // The page's own addresses are relative: it is shown at one place only.
  const { scope } = worker.registration;
  const page = request.url.split(/[?#]/)[0] === scope ? await cache.match(PAGE) : Response.redirect(scope);
  return page ?? fetch(request);
}
