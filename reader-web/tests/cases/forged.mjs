// Answers that no wallet of ours would give.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missing } from '../stage/surroundings.mjs';
import { WORDS } from '../stage/words.mjs';

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function forged(on) {
  const skip = missing('COFFRET_ANSWER');

  test('a specimen: orange, and said to be without value', { skip }, async () => {
    await on().desk.asks('age-18');
    const { colour, title, elements } = await on().answered('specimen');
    assert.deepEqual({ colour, title }, { colour: 'orange', title: 'SPÉCIMEN, sans valeur' });
    assert.ok('age_over_18' in elements);
    assert.ok(await on().desk.page.getByText('Ce document est un exemple. Ne l’acceptez pas.').isVisible());
    await on().picture('specimen');
  });

  test('a document altered after it was signed: red, and nothing of it', { skip }, async () => {
    await on().desk.asks('age-18');
    const { colour, codes, elements } = await on().answered('altered');
    assert.deepEqual({ colour, codes, elements }, { colour: 'red', codes: ['digest-mismatch'], elements: {} });
  });

  test('an age that only the device says: said to be so, and never enough for a purpose', { skip }, async () => {
    await on().desk.asksFor([WORDS.ageOver18], { keep: false });
    const { elements } = await on().answered('device');
    assert.deepEqual(elements, { age_over_18: 'Oui' });
    assert.ok(await on().desk.page.getByText('Dit par l’appareil').isVisible());
    await on().desk.forgets();

    await on().desk.asks('age-18');
    const { colour, codes } = await on().answered('device');
    // Of the age and of the portrait: the purpose asks for both.
    assert.deepEqual({ colour, codes }, { colour: 'red', codes: ['need-said-by-device', 'need-said-by-device'] });
  });

  test('a portrait that only the device says: shown as an answer of the device, and no face to compare', { skip }, async () => {
    const { desk } = on();
    await desk.asksFor([WORDS.portrait]);
    const { colour, portraits } = await on().answered('device');
    assert.deepEqual({ colour, portraits }, { colour: 'blue', portraits: [true] });
    assert.equal(await desk.page.locator('.portrait').count(), 0);
    const row = desk.page.locator('.answers [data-element="portrait"]');
    assert.ok(await row.getByText('Dit par l’appareil').isVisible());
    assert.ok(await desk.page.getByText('Sans photo, rien ne dit que ce document').isVisible());
    assert.equal(await desk.page.getByText('Comparez la photo et le visage').count(), 0);
    await desk.forgets();

    await desk.asks('identity');
    const { colour: judged, codes } = await on().answered('device');
    assert.equal(judged, 'red');
    // The portrait, and what nobody says.
    assert.deepEqual([...new Set(codes)], ['need-missing', 'need-said-by-device']);
  });

  test('what a valid document leaves open stands beside the verdict, unfolded', { skip }, async () => {
    await on().desk.asksFor(['Catégories de véhicules', 'Date de délivrance'], { keep: false });
    const { colour, title } = await on().answered('open');
    assert.deepEqual([colour, title], ['blue', 'Document valide\u00a0: lisez la réponse']);
    const beside = {
      '.unchecked': 'ce document peut avoir été révoqué',
      '[data-element="driving_privileges"]': 'n’est plus en vigueur',
      '[data-element="issue_date"]': 'Ne vous fiez pas à cette date',
    };
    for (const [place, said] of Object.entries(beside)) {
      assert.ok(await on().desk.page.locator(`.card ${place}`).getByText(said).isVisible(), said);
    }
    await on().picture('open');
    await on().desk.forgets();
  });
}
