// What passes before the camera: not from the beginning, not only the answer, not an answer to this reader.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draw } from '../film.mjs';
import { textOf } from '../stage/scanner.mjs';

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
    return on().wallet.present(await on().desk.photographs(), 'required');
  };

  const accepted = async () => {
    const { outcome } = await on().desk.verdict();
    assert.equal(outcome, 'accepted');
  };

  test('a film that begins in the middle: green', async () => {
    const pictures = await presented();
    on().show(pictures, { filmed: { from: Math.floor(pictures.length / 2) } });
    await accepted();
  });

  test('a third of the codes lost: green', async () => {
    const pictures = await presented();
    // Three rounds of them, and in each it is others that are lost.
    on().show(pictures, { filmed: { lost: 0.3, shows: 3 * pictures.length } });
    await accepted();
  });

  test('a hard camera, the phone held near: green', async () => {
    on().show(await presented(), { preset: 'hard', filmed: { share: 0.85, shake: 4, rate: 5 } });
    await accepted();
  });

  test('an answer to another reader: no verdict', async () => {
    const old = await presented();
    await on().desk.cancels();
    await on().desk.asks('age-18');
    on().show(old);
    await on().desk.films(3 * old.length);
    assert.deepEqual(await on().desk.progress(), { screen: 'reading', read: 0 });
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
    on().show(pictures, { filmed: { hostile: hostile.map((text) => draw(text)) } });
    await accepted();
  });
}
