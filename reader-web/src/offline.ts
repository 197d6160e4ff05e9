// The service worker: the page without a network, and its next version at the next load.

/** Keeps the page for when there is no network. Where the browser cannot, it needs one each time. */
export async function keepOffline(): Promise<void> {
  try {
    const workers = await navigator.serviceWorker.register('sw.js', { updateViaCache: 'none' });
    takeOver(workers.waiting ?? workers.installing);
    workers.addEventListener('updatefound', () => takeOver(workers.installing));
    await workers.update();
  } catch {}
}

/** A newer version need not wait for this page to close: all that this one needs is loaded. */
function takeOver(worker: ServiceWorker | null): void {
  const tell = () => {
    if (worker?.state === 'installed') worker.postMessage('take over');
  };
  worker?.addEventListener('statechange', tell);
  tell();
}
