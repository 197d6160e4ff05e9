// Answers that no honest wallet gives.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missing } from '../stage/surroundings.mjs';

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function forged(on) {
  const skip = missing('COFFRET_ANSWER');

  test('a specimen: orange, and said to be without value', { skip }, async () => {
    const verdict = await on().answered('specimen', 'age-18');
    assert.equal(verdict.outcome, 'specimen');
    assert.ok('age_over_18' in verdict.elements);
    await on().picture('specimen');
  });

  test('a document altered after it was signed: red, and nothing of it', { skip }, async () => {
    const { outcome, codes, elements } = await on().answered('altered', 'age-18');
    assert.deepEqual({ outcome, codes, elements }, { outcome: 'rejected', codes: ['digest-mismatch'], elements: {} });
  });
}
