// The page without a network, and what it says to the network with one.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { createGzip } from 'node:zlib';
import { Desk } from '../stage/desk.mjs';
import { serve } from '../stage/site.mjs';
import { SITE } from '../stage/surroundings.mjs';
import { WORDS } from '../stage/words.mjs';

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function offline(on) {
  /** Until the browser could open the page without a network. */
  const installed = (desk) => desk.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));

  const caches = (desk) => desk.page.evaluate(() => globalThis.caches.keys());

  test('once loaded, the page opens and reads without a network and without its server', async () => {
    const site = await serve(SITE);
    const desk = await on().open({}, site.url);
    await desk.trusts(on().issuer.file('iaca.pem'));
    await installed(desk);
    await desk.context.setOffline(true);
    await site.close();
    await desk.page.reload();
    await desk.at('home');
    const { colour } = await on().reading('age-18', { desk });
    assert.equal(colour, 'green');
    await desk.close();
  });

  test('behind a server that redirects, compresses and varies, the page opens without it too', async () => {
    const site = await serve(SITE);
    const answer = async ({ url }, response) => {
      if (url === '/index.html') return response.writeHead(308, { Location: '/' }).end();
      const { headers, body } = await fetch(new URL(url, site.url));
      const how = { 'Content-Encoding': 'gzip', Vary: 'Accept, Sec-Fetch-Dest' };
      response.writeHead(200, { ...how, 'Content-Type': headers.get('content-type') });
      return pipeline(body, createGzip(), response);
    };
    // What is asked once the site is closed gets no answer.
    const redirecting = createServer((request, response) => {
      answer(request, response).catch(() => response.destroy());
    }).listen(0, '127.0.0.1');
    await once(redirecting, 'listening');
    const desk = await on().open({}, `http://127.0.0.1:${redirecting.address().port}/`);
    await installed(desk);
    redirecting.closeAllConnections();
    redirecting.close();
    await site.close();
    await desk.page.reload();
    await desk.at('home');
    await desk.close();
  });

  test('half of a new version is not installed; the whole of it is, at once, in the place of the old', async () => {
    const folder = on().path('site');
    await cp(SITE, folder, { recursive: true });
    const page = await readFile(`${folder}/index.html`, 'utf8');
    const worker = await readFile(`${folder}/sw.js`, 'utf8');
    const site = await serve(folder);
    const desk = await on().open({}, site.url);
    await installed(desk);
    const before = await caches(desk);
    assert.equal(before.length, 1);

    // Its worker is there, and not the page that it names.
    const digest = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    const next = page.replace('</title>', ' 2</title>');
    assert.ok(worker.includes(digest(page)), 'the worker has the digest of the page');
    const newer = worker.replace(digest(page), digest(next));
    await placed(`${folder}/sw.js`, newer.replace(/"[0-9a-f]{16}"/, '"0123456789abcdef"'));
    const update = () => desk.page.evaluate(async () => {
      const workers = await navigator.serviceWorker.ready;
      await workers.update();
      const worker = workers.installing;
      if (worker === null) return 'none';
      return new Promise((resolve) => {
        worker.onstatechange = () => resolve(worker.state);
      });
    });
    // The page may have tried by itself already.
    assert.ok(['redundant', 'none'].includes(await update()));

    // Nobody is interrupted by it, not even in the settings.
    await desk.button(WORDS.settings).click();
    await placed(`${folder}/index.html`, next);
    const controlled = desk.page.evaluate(
      () =>
        new Promise((resolve) => {
          navigator.serviceWorker.oncontrollerchange = resolve;
        }).then(() => {}),
    );
    assert.equal(await update(), 'installed');
    await controlled;
    await desk.at('settings');
    const reloaded = desk.page.waitForEvent('load');
    await desk.button(WORDS.back).click();
    await reloaded;
    await desk.at('home');
    // A window that is half loaded may want the version before, and no other.
    assert.deepEqual((await caches(desk)).slice(0, -1), before);
    await desk.close();
    await site.close();
  });

  test('the page can be installed', async () => {
    const session = await on().desk.context.newCDPSession(on().desk.page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A browser without a profile, as this is, installs nothing.
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
  });

  test('the page’s policy lets it ask nobody else, run nothing else, and be in nobody’s frame', async () => {
    const other = await serve(SITE);
    const desk = await Desk.open(on().browser, on().site.url);
    const refused = await desk.page.evaluate(async (other) => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      document.head.append(script);
      const tries = [() => fetch(other), () => new WebSocket(other.replace('http', 'ws'))];
      for (const attempt of tries) {
        try {
          await attempt();
        } catch {}
      }
      const image = new Image();
      image.src = `${other}icon.svg`;
      await new Promise((resolve) => {
        image.onerror = resolve;
      });
      return { refused: [...new Set(refused)].sort(), ran: globalThis.ran };
    }, other.url);
    assert.deepEqual(refused, { refused: ['connect-src', 'img-src', 'script-src-elem'], ran: undefined });
    const { headers } = await fetch(on().site.url);
    assert.equal(headers.get('content-security-policy'), "frame-ancestors 'none'");
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    await desk.close();
    await other.close();
  });
}

/** Puts a file in another's place: whoever reads it then reads the one or the other, and all of it. */
async function placed(path, content) {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}
