// The service worker: the page without a network, and its next version once there is one.

import { DAY } from './format';
import { recalledRenewal, rememberRenewal } from './remembered';

const SHORT_WHILE = 60 * 1000;

/**
 * Keeps the page for when there is no network, and tells when a newer version has taken this one's place. Where the
 * browser cannot, it needs a network each time.
 */
export async function keepOffline(renewed: () => void): Promise<void> {
  try {
    // The first worker that takes a page over is, as a rule, of the page's own version.
    let controlled = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (controlled && isTimely()) renewed();
      controlled = true;
    });
    const workers = await navigator.serviceWorker.register('sw.js', { updateViaCache: 'none' });
    takeOver(workers.waiting ?? workers.installing);
    workers.addEventListener('updatefound', () => takeOver(workers.installing));
    // A page may be open for weeks.
    setInterval(() => void workers.update().catch(() => {}), DAY);
    await workers.update();
  } catch {}
}

/** Whether no renewal was a short while ago: a server whose worker is never the same twice is not followed. */
function isTimely(): boolean {
  const last = recalledRenewal();
  rememberRenewal(Date.now());
  return Math.abs(Date.now() - last) > SHORT_WHILE;
}

/** A newer version need not wait for this page to close: all that this one needs is loaded. */
function takeOver(worker: ServiceWorker | null): void {
  const tell = () => {
    if (worker?.state === 'installed') worker.postMessage('take over');
  };
  worker?.addEventListener('statechange', tell);
  tell();
}
