// Every outcome, each for its reason.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PERSON, healthCard } from '../stage/documents.mjs';
import { Issuer } from '../stage/issuer.mjs';
import { Wallet } from '../stage/wallet.mjs';

const DAY = 24 * 60 * 60 * 1000;

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function verdicts(on) {
  test('18 and over: green, with the small portrait and nothing else', async () => {
    const verdict = await on().reading('age-18');
    assert.equal(verdict.outcome, 'accepted');
    assert.deepEqual(Object.keys(verdict.elements), ['portrait_small', 'age_over_18']);
    assert.deepEqual(verdict.portraits, [true]);
    await on().picture('accepted');
  });

  test('21 and over, by a person of 19: red, and nothing of the person', async () => {
    const verdict = await on().reading('age-21');
    assert.deepEqual(verdict, { outcome: 'rejected', codes: ['not-of-age'], elements: {}, portraits: [] });
    await on().picture('rejected');
  });

  test('pharmacy: green, the health card', async () => {
    const { outcome, elements } = await on().reading('pharmacy');
    assert.equal(outcome, 'accepted');
    assert.equal(elements.family_name_birth, PERSON.family);
    assert.equal(elements.health_insurance_number.replaceAll(/\s/g, ''), PERSON.insurance);
    assert.ok(!('sex' in elements) && !('portrait' in elements), 'only what was asked for');
  });

  test('identity: green, a full portrait in an answer of 33 kB', async () => {
    const { outcome, elements, portraits } = await on().reading('identity', { filmed: { rate: 15 } });
    assert.equal(outcome, 'accepted');
    assert.equal(elements.family_name, PERSON.family);
    assert.ok(portraits.length > 0 && portraits.every(Boolean), 'portraits are drawn');
  });

  test('school enrolment: green, the birth certificate', async () => {
    const { outcome, elements } = await on().reading('school-enrolment');
    assert.equal(outcome, 'accepted');
    assert.equal(elements.family_name, PERSON.family);
    assert.ok(elements.parents.includes(PERSON.mother));
  });

  test('a document that expired: red', async () => {
    const before = await Issuer.make(on().path('issuer-before'), new Date(Date.now() - 3 * DAY));
    const wallet = await Wallet.make(on().path('wallet-before'), before);
    await wallet.hold(healthCard(), 1);
    await on().desk.trusts(before.file('iaca.pem'));
    const { outcome, codes } = await on().reading('pharmacy', { wallet, approve: 'all' });
    assert.deepEqual({ outcome, codes }, { outcome: 'rejected', codes: ['document-expired'] });
  });

  test('an issuer whom the page does not trust: red', async () => {
    const desk = await on().open();
    const { outcome, codes, elements } = await on().reading('age-18', { desk });
    assert.deepEqual({ outcome, codes, elements }, { outcome: 'rejected', codes: ['untrusted-issuer'], elements: {} });
    await desk.close();
  });

  test('a reader whom the wallet does not know: the person shows nothing', async () => {
    const stranger = await Issuer.make(on().path('issuer-stranger'));
    const desk = await on().open();
    await desk.trusts(on().issuer.file('iaca.pem'));
    await desk.signsAs(stranger);
    const verdict = await on().reading('pharmacy', { desk });
    assert.deepEqual(verdict, { outcome: 'refused', codes: [], elements: {}, portraits: [] });
    await desk.close();
  });
}
