// What passes before the camera: not from the beginning, not only the answer, not an answer to this reader.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draw } from '../film.mjs';
import { textOf } from '../stage/scanner.mjs';
import { WORDS } from '../stage/words.mjs';

const OTHERS = [
  'https://exemple.test/menu',
  'WIFI:T:WPA;S:Comptoir;P:secret;;',
  'UR:CRYPTO-SEED/OEADGDSTASLTLABGHYDRPFMKBGGUFGLUDPRFMAOTPIECFFLTNLTQDENYJSJEKBAA',
  'UR:X-MDOC-READER/1-3/LPADAXCSFNCYAAAAAAAAHD',
];

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function filmed(on) {
  /** The pictures of an answer to the code that is shown. */
  const presented = async () => {
    await on().desk.asks('age-18');
    return on().wallet.present(await on().drawn(), 'required');
  };

  const accepted = async () => {
    const { colour } = await on().desk.verdict();
    assert.equal(colour, 'green');
  };

  test('a film that begins in the middle: green', async () => {
    const pictures = await presented();
    on().show(pictures, { preset: 'counter', filmed: { from: Math.floor(pictures.length / 2), shows: pictures.length } });
    await accepted();
  });

  test('a third of the codes lost: green', async () => {
    const pictures = await presented();
    // In each round it is others that are lost.
    on().show(pictures, { preset: 'counter', filmed: { lost: 0.3, shows: 2 * pictures.length } });
    await accepted();
  });

  test('a hard camera, the phone held near: green', async () => {
    const pictures = await presented();
    on().show(pictures, { preset: 'hard', filmed: { share: 0.85, shake: 4, shows: pictures.length } });
    await accepted();
  });

  test('an answer to another reader: seen, said to be none, and no verdict', async () => {
    const old = await presented();
    await on().desk.cancels();
    await on().desk.asks('age-18');
    on().show(old, { preset: 'counter' });
    await on().desk.hears('un code qui ne répond pas au vôtre');
    await on().desk.films(3 * old.length);
    assert.deepEqual(await on().desk.progress(), { screen: 'reading', read: 0 });
  });

  test('the camera films while an answer is awaited, and no longer', async () => {
    const desk = await on().open({ before: countTracks });
    const films = () => desk.page.evaluate(() => globalThis.tracks.filter(({ readyState }) => readyState === 'live').length);
    for (const end of [() => desk.cancels(), () => on().shown({ desk }), () => desk.leaves('pagehide')]) {
      await desk.asks('age-18');
      await desk.page.waitForSelector('video');
      assert.equal(await films(), 1);
      await end();
      assert.equal(await films(), 0);
      await desk.opens(on().site.url);
    }
    await desk.close();
  });

  test('a camera that is taken away is said to be, and another can be chosen', async () => {
    const desk = await on().open({ before: countTracks });
    await desk.asks('age-18');
    const loses = async (why) => {
      await desk.page.waitForSelector('video');
      await desk.page.evaluate((why) => globalThis.tracks.at(-1).dispatchEvent(new Event(why)), why);
      await desk.warns('CW-1313');
    };
    await loses('ended');
    assert.equal(await desk.page.getByRole('combobox', { name: WORDS.camera }).locator('option').count(), 2);
    await desk.button(WORDS.retry).click();
    // Whoever comes back to a page whose camera was taken while it was hidden finds it filming.
    await loses('mute');
    await desk.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await desk.page.waitForSelector('video');
    await desk.close();
  });

  test('others’ codes, broken frames and another’s answer under this reader’s name first: green', async () => {
    const old = await presented();
    await on().desk.cancels();
    const pictures = await presented();
    const [own] = await Promise.all(pictures.slice(0, 1).map(textOf));
    const type = own.slice(0, own.indexOf('/'));
    const stolen = await Promise.all(old.map(textOf));
    const hostile = [
      ...OTHERS,
      `${own.slice(0, -2)}AA`,
      `${type}/1-4294967295/AA`,
      `${type}/`,
      ...stolen.map((text) => type + text.slice(text.indexOf('/'))),
    ];
    on().show(pictures, { preset: 'counter', filmed: { hostile: hostile.map((text) => draw(text)) } });
    await accepted();
  });
}

/** Notes every camera that the page is given, and says that there are two. */
function countTracks(page) {
  return page.addInitScript(() => {
    globalThis.tracks = [];
    const { mediaDevices } = navigator;
    const { getUserMedia, enumerateDevices } = mediaDevices;
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await getUserMedia.call(mediaDevices, wanted);
      globalThis.tracks.push(...stream.getTracks());
      return stream;
    };
    mediaDevices.enumerateDevices = async () => {
      const devices = await enumerateDevices.call(mediaDevices);
      return [...devices, { kind: 'videoinput', deviceId: 'other', label: 'Autre' }];
    };
  });
}
