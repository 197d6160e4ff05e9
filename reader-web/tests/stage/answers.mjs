// Answers that no wallet of ours would give: by the maker of the test vectors.

import { done } from './program.mjs';
import { ANSWERS } from './surroundings.mjs';

/**
 * The frames of an answer to a reader's code, under an issuer's certificates.
 *
 * @param {'specimen' | 'altered' | 'device'} what
 * @param {string[]} code the code's frames
 * @param {import('./issuer.mjs').Issuer} issuer
 */
export async function answer(what, code, issuer) {
  const said = await done(ANSWERS, ['answer', what, issuer.folder], { input: `${code.join('\n')}\n` });
  return said.trim().split('\n');
}
