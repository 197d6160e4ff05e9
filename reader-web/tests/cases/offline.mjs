// The page without a network, and what it says to the network with one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '../stage/site.mjs';
import { SITE } from '../stage/surroundings.mjs';

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function offline(on) {
  test('once loaded, the page opens and reads without a network and without its server', async () => {
    const site = await serve(SITE);
    const desk = await on().open({}, site.url);
    await desk.trusts(on().issuer.file('iaca.pem'));
    await desk.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await desk.context.setOffline(true);
    await site.close();
    await desk.page.reload();
    await desk.at('home');
    const { outcome } = await on().reading('age-18', { desk });
    assert.equal(outcome, 'accepted');
    await desk.close();
  });

  test('nothing is asked of anybody but the page’s own server, and nothing is sent to it', () => {
    const foreign = on().requests.filter(({ url }) => !on().isOwn(url));
    assert.deepEqual(foreign, []);
    const sent = on().requests.filter(({ method, body, url }) => method !== 'GET' || body !== null || url.includes('?'));
    assert.deepEqual(sent, []);
    assert.ok(on().requests.length > 0);
  });
}
