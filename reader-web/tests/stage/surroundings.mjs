// What the tests are told of by their environment.

/** The program `coffret`. */
export const PROGRAM = process.env.COFFRET_PROGRAM;

/** The folder of the built page. */
export const SITE = process.env.READER_SITE;

/** `coffret-test-vectors`, whose `answer` makes answers that no wallet of ours would. */
export const ANSWERS = process.env.COFFRET_ANSWER;

/** `least_cost`, with which wallets are opened sooner, if there is one. */
export const LEAST_COST = process.env.COFFRET_LEAST_COST;

/** Where pictures for people to look at go, if anywhere. */
export const PICTURES = process.env.COFFRET_PICTURES;

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why tests cannot run; in CI they must. */
export function missing(...names) {
  const absent = names.filter((name) => !process.env[name]);
  if (absent.length === 0) return false;
  const reason = `${absent.join(' and ')} not set`;
  if (process.env.CI === 'true') throw new Error(reason);
  return reason;
}
