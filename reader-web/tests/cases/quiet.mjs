// What every page of a stage asked the network for. After all other cases.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { SITE } from '../stage/surroundings.mjs';

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function quiet(on) {
  test('nothing is asked of anybody but the page’s own server, but for its files, and nothing is sent to it', async () => {
    const files = ['', ...(await readdir(SITE))];
    const isFile = (url) => files.includes(url.pathname.slice(url.pathname.lastIndexOf('/') + 1)) && url.search === '';
    const isOwn = (url) => url.protocol === 'blob:' || (on().isOwn(url.href) && isFile(url));
    assert.deepEqual(on().requests.filter(({ url }) => !isOwn(new URL(url))), []);
    assert.deepEqual(on().requests.filter(({ method, body }) => method !== 'GET' || body !== null), []);
    assert.ok(on().requests.length > 0);
    assert.deepEqual(on().sockets, []);
  });
}
