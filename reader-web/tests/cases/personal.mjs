// Nothing of a person stays: not stored, not said, not on the screen, not at an address.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PERSON } from '../stage/documents.mjs';
import { kept } from '../stage/kept.mjs';
import { countBlobs, liveBlobs, unwiped } from '../stage/blobs.mjs';
import { WORDS } from '../stage/words.mjs';

const SOON = 'Le résultat s’efface bientôt.';

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function personal(on) {
  /** What would be found of the person: words, and bytes of the portrait as they are and in base64. */
  const traces = () => {
    // From a place where the base64 of the whole is that of the part.
    const bytes = on().portrait.subarray(1998, 2058);
    return [...Object.values(PERSON), bytes.toString('latin1'), bytes.toString('base64')];
  };

  const found = (text) => traces().filter((trace) => text.includes(trace));

  const opened = async (before = countBlobs) => {
    const desk = await on().open({ before });
    await desk.trusts(on().issuer.file('iaca.pem'));
    return desk;
  };

  /** At a verdict, with the page's clock in the test's hands. */
  const timed = async () => {
    const desk = await opened((page) => Promise.all([page.clock.install(), countBlobs(page)]));
    await on().reading('age-18', { desk });
    return desk;
  };

  const erased = async (desk) => {
    await desk.at('home');
    assert.deepEqual(found(await desk.page.content()), []);
    assert.deepEqual([await liveBlobs(desk.page), await unwiped(desk.page)], [0, 0]);
  };

  test('nothing of a person is stored or said, and nothing is left once the verdict is erased', async () => {
    const desk = await opened();
    await desk.signsAs(on().issuer);
    const before = await kept(desk.page);
    await on().reading('identity', { desk });
    assert.ok(found(await desk.page.content()).length >= 2, 'what is searched for is found where it is shown');
    assert.deepEqual([await liveBlobs(desk.page), await unwiped(desk.page)], [1, 1], 'the portrait has its address');
    assert.deepEqual(found((await kept(desk.page)).text), []);

    await desk.forgets();
    assert.deepEqual(await kept(desk.page), before);
    await erased(desk);
    assert.deepEqual(desk.said, []);
    await desk.close();
  });

  test('what is searched for is found where it is stored', async () => {
    const desk = await opened();
    const portrait = on().portrait.toString('latin1');
    await desk.page.evaluate(async (portrait) => {
      const bytes = Uint8Array.from(portrait, (letter) => letter.charCodeAt(0));
      await (await caches.open('trial')).put('trial', new Response(bytes));
      localStorage.setItem('trial', btoa(portrait));
    }, portrait);
    assert.equal(found((await kept(desk.page)).text).length, 2);
    await desk.close();
  });

  test('a verdict is erased after 60 seconds, and not before; who listens is warned', async () => {
    const desk = await timed();
    await desk.page.clock.runFor(35_000);
    assert.equal(await desk.status(SOON).count(), 0);
    await desk.page.clock.runFor(10_000);
    await desk.hears(SOON);
    await desk.page.clock.runFor(10_000);
    await desk.at('verdict');
    await desk.page.clock.runFor(6_000);
    await erased(desk);
    await desk.close();
  });

  test('a verdict is shown for 60 seconds more where that is asked, in the other language too', async () => {
    const desk = await timed();
    await desk.page.clock.runFor(50_000);
    await desk.button(WORDS.longer).click();
    assert.equal(await desk.status(SOON).count(), 0);
    await desk.changesLanguage();
    assert.equal(await desk.focused(), 'BUTTON', 'the focus stays');
    assert.equal(await desk.page.locator('main h1').innerText(), 'Accepted');
    await desk.page.clock.runFor(60_000);
    await desk.at('verdict');
    await desk.page.clock.runFor(12_000);
    await erased(desk);
    await desk.close();
  });

  test('a verdict is erased where the clock is set back', async () => {
    const desk = await timed();
    await desk.page.clock.setSystemTime(Date.now() - 3_600_000);
    await desk.page.clock.runFor(2_000);
    await erased(desk);
    await desk.close();
  });

  test('a verdict is erased when the page is left or frozen, and covered while it is hidden', async () => {
    const desk = await opened();
    for (const event of ['pagehide', 'freeze']) {
      await on().reading('age-18', { desk });
      await desk.leaves(event);
      await erased(desk);
    }
    await on().reading('age-18', { desk });
    const opacity = () => desk.page.evaluate(() => getComputedStyle(document.documentElement).opacity);
    const hides = (hidden) =>
      desk.page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await hides(true);
    assert.equal(await opacity(), '0');
    await hides(false);
    assert.equal(await opacity(), '1');
    await desk.at('verdict');
    await desk.close();
  });

  test('a portrait that cannot be drawn is said to be, and has no address any more', async () => {
    const broken = (page) =>
      page.addInitScript(() => {
        const { createObjectURL } = URL;
        URL.createObjectURL = () => createObjectURL.call(URL, new Blob(['no picture'], { type: 'image/jpeg' }));
      });
    const desk = await opened((page) => broken(page).then(() => countBlobs(page)));
    await on().reading('age-18', { desk });
    await desk.page.getByText('Cette image ne peut pas être affichée.').waitFor();
    assert.equal(await liveBlobs(desk.page), 0);
    await desk.close();
  });
}
