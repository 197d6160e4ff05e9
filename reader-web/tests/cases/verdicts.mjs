// Every outcome, each for its reason.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countBlobs, unwiped } from '../stage/blobs.mjs';
import { PERSON, healthCard, JPEG_2000, licence } from '../stage/documents.mjs';
import { DAY, Issuer } from '../stage/issuer.mjs';
import { Wallet } from '../stage/wallet.mjs';
import { WORDS } from '../stage/words.mjs';

/** A red screen on which nothing is of the person. */
const red = (...codes) => ({ colour: 'red', title: 'Refusé', codes, elements: {}, portraits: [] });

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function verdicts(on) {
  test('18 and over: green, with the small portrait and nothing else, whatever the wallet shows', async () => {
    const verdict = await on().reading('age-18', { approve: 'all', photographed: true, preset: 'counter' });
    assert.deepEqual([verdict.colour, verdict.title], ['green', 'Accepté']);
    assert.deepEqual(Object.keys(verdict.elements), ['portrait_small', 'age_over_18']);
    assert.deepEqual(verdict.portraits, [true]);
    await on().picture('accepted');
  });

  test('21 and over, by a person of 19: red, and nothing of the person', async () => {
    assert.deepEqual(await on().reading('age-21'), red('not-of-age'));
    await on().picture('rejected');
  });

  test('pharmacy: green, the health card', async () => {
    const { colour, elements } = await on().reading('pharmacy');
    assert.equal(colour, 'green');
    assert.equal(elements.family_name_birth, PERSON.family);
    assert.equal(elements.health_insurance_number.replaceAll(/\s/g, ''), PERSON.insurance);
    assert.ok(!('sex' in elements) && !('portrait' in elements), 'only what was asked for');
  });

  test('identity: green, a full portrait in an answer of 33 kB', async () => {
    // Every code of the round is shown: a busy computer sees few of them, and any of them will do.
    const filmed = { shows: undefined };
    const how = { wallet: await on().largeWallet(), photographed: true, preset: 'counter', filmed };
    const { colour, elements, portraits } = await on().reading('identity', how);
    assert.equal(colour, 'green');
    assert.equal(elements.family_name, PERSON.family);
    assert.deepEqual(portraits, [true]);
  });

  test('a portrait in JPEG 2000, which browsers do not draw: drawn', async () => {
    const wallet = await on().walletWith('jpeg-2000', licence(JPEG_2000));
    const desk = await on().open({ before: countBlobs });
    await desk.trusts(on().issuer.file('iaca.pem'));
    await desk.signsAs(on().issuer);
    const { colour, portraits } = await on().reading('identity', { desk, wallet });
    assert.equal(colour, 'green');
    assert.deepEqual(portraits, [true]);
    assert.equal(await unwiped(desk.page), 0, 'what it was drawn from');
    await desk.close();
  });

  test('school enrolment: green, the birth certificate', async () => {
    const { colour, elements } = await on().reading('school-enrolment');
    assert.equal(colour, 'green');
    assert.equal(elements.family_name, PERSON.family);
    assert.ok(elements.parents.includes(PERSON.mother));
  });

  test('a request of one’s own whose answer is no: never green, and the no is said', async () => {
    await on().desk.asksFor([WORDS.ageOver65]);
    const { colour, title, elements } = await on().shown({ approve: 'all' });
    assert.deepEqual([colour, title], ['blue', 'Document valide\u00a0: lisez la réponse']);
    assert.deepEqual(elements, { age_over_65: 'Non' });
    assert.deepEqual(await on().desk.remarks(), ['La réponse est non.']);
    await on().picture('unjudged');
    await on().desk.forgets();
  });

  test('a request of one’s own: what was chosen, and the person is told whether it is kept', async () => {
    for (const keep of [true, false]) {
      await on().desk.asksFor([WORDS.ageOver18], { keep });
      const verdict = await on().shown({ approve: 'all' });
      assert.deepEqual([verdict.colour, verdict.title], ['blue', 'Document valide\u00a0: lisez la réponse']);
      assert.deepEqual(verdict.elements, { age_over_18: 'Oui' });
      const [{ elements }] = (await on().wallet.noted()).documents;
      assert.deepEqual(elements.map(({ element, kept }) => [element, kept]), [['age_over_18', keep]]);
      await on().desk.forgets();
    }
  });

  test('a document that expired: red', async () => {
    const before = await Issuer.make(on().path('issuer-before'), new Date(Date.now() - 3 * DAY));
    const wallet = await Wallet.make(on().path('wallet-before'), before);
    await wallet.hold(healthCard(), 1);
    const desk = await on().open();
    await desk.trusts(before.file('iaca.pem'));
    assert.deepEqual(await on().reading('pharmacy', { desk, wallet, approve: 'all' }), red('document-expired'));
    await desk.close();
  });

  test('an issuer whom the page does not trust: red', async () => {
    const desk = await on().open();
    assert.deepEqual(await on().reading('age-18', { desk }), red('untrusted-issuer'));
    await desk.close();
  });

  test('an authority that the page trusts for another document: red; for this one: green, and from where', async () => {
    const desk = await on().open();
    await desk.trusts(on().issuer.file('iaca.pem'));
    await desk.signsAs(on().issuer);
    await desk.trustsFor('Permis de conduire');
    assert.deepEqual(await on().reading('pharmacy', { desk }), red('authority-not-for-type'));
    await desk.forgets();
    await desk.trustsFor('Carte d’assurance maladie');
    assert.equal((await on().reading('pharmacy', { desk })).colour, 'green');
    await desk.page.getByText('Provenance\u00a0: Québec, Canada').waitFor();
    await desk.close();
  });

  test('a reader whom the wallet does not know: the person shows nothing', async () => {
    const stranger = await Issuer.make(on().path('issuer-stranger'));
    const desk = await on().open();
    await desk.signsAs(stranger);
    const { colour, codes, elements } = await on().reading('pharmacy', { desk });
    assert.deepEqual({ colour, codes, elements }, { colour: 'grey', codes: [], elements: {} });
    assert.equal(on().wallet.result.reader.standing, 'untrusted');
    await desk.close();
  });

  test('a reader in no list that the wallet trusts: the person shows nothing', async () => {
    const wallet = await Wallet.make(on().path('wallet-without-list'), on().issuer, { list: false });
    await wallet.hold(healthCard());
    const { colour, elements } = await on().reading('pharmacy', { wallet });
    assert.deepEqual({ colour, elements }, { colour: 'grey', elements: {} });
    const { standing, registered } = wallet.result.reader;
    assert.deepEqual({ standing, registered }, { standing: 'verified', registered: null });
  });

  test('a reader whose certificate has expired, or is not valid yet, asks without it', async () => {
    for (const days of [-1300, 10]) {
      const other = await Issuer.make(on().path(`issuer-${days}`), new Date(Date.now() + days * DAY));
      const desk = await on().open();
      await desk.trusts(on().issuer.file('iaca.pem'));
      await desk.signsAs(other);
      const { colour } = await on().reading('age-18', { desk });
      assert.equal(colour, 'green');
      assert.equal(on().wallet.result.reader.standing, 'none');
      await desk.close();
    }
  });

  test('nobody answers: said once the code is good no longer, and not before', async () => {
    const desk = await on().open({ before: (page) => page.clock.install() });
    await desk.asks('age-18');
    await desk.page.clock.runFor(35_000);
    await desk.hears('Approchez le téléphone');
    await desk.page.clock.fastForward(83_000);
    await desk.at('reading');
    await desk.page.clock.fastForward(3_000);
    const { colour, codes } = await desk.verdict();
    assert.deepEqual({ colour, codes }, { colour: 'grey', codes: ['reader-code-expired'] });
    await desk.close();
  });
}
