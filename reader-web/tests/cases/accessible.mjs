// Every screen, by what axe-core finds; the whole way by the keyboard.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { faults } from '../stage/accessible.mjs';
import { Desk } from '../stage/desk.mjs';
import { PURPOSES, WORDS } from '../stage/words.mjs';

/** The longest that a reader's code is good for. */
const CODE = 120_000;

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function accessible(on) {
  const clean = async (desk, screen) => {
    await desk.at(screen);
    assert.deepEqual(await faults(desk), [], screen);
  };

  test('nothing serious on the screens before a reading', async () => {
    const desk = await on().open();
    await clean(desk, 'home');
    await desk.button(WORDS.settings).click();
    await clean(desk, 'settings');
    const broken = on().path('broken.pem');
    await writeFile(broken, 'not a certificate');
    await desk.page.setInputFiles('#authority-files', broken);
    await desk.warns();
    await clean(desk, 'settings');
    await desk.button(WORDS.back).click();
    await desk.trusts(on().issuer.file('iaca.pem'));
    await desk.signsAs(on().issuer);
    await clean(desk, 'home');
    await desk.button(WORDS.settings).click();
    await clean(desk, 'settings');
    await desk.page.getByRole('button', { name: /^Retirer / }).first().click();
    await clean(desk, 'settings');
    await desk.button(WORDS.back).click();
    await desk.page.getByRole('button', { name: WORDS.otherRequest }).click();
    await clean(desk, 'request');
    await desk.close();
  });

  test('nothing serious where the page cannot open, and the reason is said', async () => {
    const reasons = {
      'CW-1301': () => delete HTMLVideoElement.prototype.requestVideoFrameCallback,
      'CW-1314': () => Object.defineProperty(globalThis, 'isSecureContext', { value: false }),
    };
    for (const [number, hindrance] of Object.entries(reasons)) {
      const context = await on().browser.newContext({ locale: 'fr-CA' });
      const desk = new Desk(context, await context.newPage());
      await desk.page.addInitScript(hindrance);
      await desk.page.goto(on().site.url);
      await desk.page.getByText(number).waitFor();
      assert.deepEqual(await faults(desk), []);
      await desk.close();
    }
  });

  test('nothing serious while reading, nor where nobody answers', async () => {
    const desk = await on().open({ before: (page) => page.clock.install() });
    await desk.asks('age-18');
    await desk.page.waitForSelector('video');
    await clean(desk, 'reading');
    await desk.page.clock.fastForward(CODE);
    await clean(desk, 'verdict');
    await desk.close();
  });

  test('nothing serious where there is no camera', async () => {
    const desk = await on().open({ before: withoutCamera });
    await desk.asks('age-18');
    await desk.warns();
    await clean(desk, 'reading');
    await desk.close();
  });

  test('nothing serious on verdicts', async () => {
    for (const [purpose, approve] of [['identity', 'all'], ['age-21', 'required'], ['age-18', 'none']]) {
      await on().reading(purpose, { approve });
      await clean(on().desk, 'verdict');
      await on().desk.forgets();
    }
    await on().desk.asks('age-18');
    await on().answered('specimen');
    await clean(on().desk, 'verdict');
  });

  test('the keyboard alone leads to a verdict and away from it', async () => {
    const { desk } = on();
    const { keyboard } = desk.page;
    await desk.reaches(PURPOSES['age-18']);
    await keyboard.press('Enter');
    await desk.at('reading');
    assert.equal(await desk.focused(), 'H1');
    on().show(await on().wallet.present(await on().drawn(), 'required'));
    await desk.at('verdict');
    on().camera.blank();
    assert.equal(await desk.focused(), 'H1');
    await desk.reaches(WORDS.forget);
    await keyboard.press('Enter');
    await desk.at('home');

    await desk.reaches(PURPOSES['age-18']);
    await keyboard.press('Enter');
    await desk.at('reading');
    await keyboard.press('Escape');
    await desk.at('home');
  });

  test('codes flash three times a second at most, and less where less motion is wanted', async () => {
    const turns = async (reducedMotion) => {
      const desk = await on().open({ reducedMotion, before: (page) => page.clock.install() });
      await desk.signsAs(on().issuer);
      await desk.asks('pharmacy');
      assert.ok((await desk.frames()).length > 1, 'a code in several frames');
      const turns = await desk.turns();
      await desk.close();
      return turns;
    };
    const [seldom, often] = [await turns('reduce'), await turns('no-preference')];
    assert.ok(seldom >= 1 && seldom <= 3, `${seldom}`);
    assert.ok(often > 3 && often <= 6, `${often}: two changes are a flash (WCAG 2.3.1)`);
  });
}

/** In the place of a computer that has none. */
function withoutCamera(page) {
  return page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
  });
}
