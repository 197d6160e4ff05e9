// Nothing of a person stays: not stored, not said, not on the screen, not at an address.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PERSON } from '../stage/documents.mjs';
import { kept } from '../stage/kept.mjs';
import { countBlobs, liveBlobs } from '../stage/blobs.mjs';

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function personal(on) {
  /** What would be found of the person, in any form that a browser writes. */
  const traces = () => [...Object.values(PERSON), on().portrait.subarray(2000, 2060).toString('base64').slice(4, 60)];

  const found = (text) => traces().filter((trace) => text.includes(trace));

  test('nothing of a person is stored or said, and nothing is left once the verdict is erased', async () => {
    const desk = await on().open({ before: countBlobs });
    await desk.trusts(on().issuer.file('iaca.pem'));
    await desk.signsAs(on().issuer);
    const before = await kept(desk.page);
    await on().reading('identity', { desk });
    const shown = await desk.page.content();
    assert.ok(found(shown).length >= 2, 'what is searched for is found where it is shown');
    assert.ok((await liveBlobs(desk.page)) > 0, 'portraits have addresses while they are shown');
    assert.deepEqual(found(JSON.stringify(await kept(desk.page))), []);

    await desk.forgets();
    assert.deepEqual(await kept(desk.page), before);
    assert.deepEqual(found(await desk.page.content()), []);
    assert.equal(await liveBlobs(desk.page), 0);
    assert.deepEqual(desk.said, []);
    await desk.close();
  });

  test('a verdict is erased after 60 seconds, and not before', async () => {
    const desk = await on().open({ before: (page) => Promise.all([page.clock.install(), countBlobs(page)]) });
    await desk.trusts(on().issuer.file('iaca.pem'));
    const { outcome } = await on().reading('age-18', { desk });
    assert.equal(outcome, 'accepted');
    await desk.page.clock.fastForward(50_000);
    await desk.at('verdict');
    await desk.page.clock.fastForward(11_000);
    await desk.at('home');
    assert.equal(await liveBlobs(desk.page), 0);
    await desk.close();
  });

  test('a verdict is erased when the page is left', async () => {
    const desk = await on().open();
    await desk.trusts(on().issuer.file('iaca.pem'));
    await on().reading('age-18', { desk });
    await desk.page.goto('about:blank');
    await desk.page.goBack();
    await desk.at('home');
    await desk.close();
  });
}
