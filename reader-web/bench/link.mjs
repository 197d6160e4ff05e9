// Which fragments, correction and rate bring a message over soonest.
//
//     node bench/link.mjs [--fragments 300,400] [--corrections low] [--shares 0.6,0.8] > table.md
//
// The share of codes that is read is measured on films (seen.mjs) of 30 codes; how many codes a
// message then takes is the mean of trials with the fountain (fountain.mjs), with further codes lost
// at random. Every row is printed, the losing ones too.

import { parseArgs } from 'node:util';
import { conditions } from '../tests/film.mjs';
import { randomness } from '../tests/film/random.mjs';
import { codesNeeded } from './fountain.mjs';
import { codes, seen } from './seen.mjs';

const { values } = parseArgs({
  options: {
    fragments: { type: 'string', default: '200,300,337,360,400,500,700,1000,1400' },
    corrections: { type: 'string', default: 'low,medium,quartile' },
    rates: { type: 'string', default: '5,8,10,12,15' },
    presets: { type: 'string', default: 'clean,counter,hard' },
    shares: { type: 'string', default: '' },
  },
});
const list = (name) => values[name].split(',').filter(Boolean);
const numbers = (name) => list(name).map(Number);

/** An age check alone, one with the small portrait, an identity with a full one. */
const MESSAGES = [2100, 5100, 33_000];
const LOSSES = [0, 0.1, 0.3];

/** Messages for a mean. */
const TRIALS = 300;

/** A code that is hardly ever read is not waited for. */
const READABLE = 0.05;

const kB = (bytes) => `${bytes / 1000} kB`;
console.log(`| fragment | correction | modules | preset | share | pixels a module | codes/s | frames read | codes read | ${MESSAGES.map((bytes) => `s to ${kB(bytes)}, ${LOSSES.map((loss) => `${100 * loss} %`).join(' / ')} lost`).join(' | ')} |`);
console.log(`| ${Array(9 + MESSAGES.length).fill('---').join(' | ')} |`);
for (const fragment of numbers('fragments')) {
  for (const correction of list('corrections')) {
    const shown = codes(fragment, correction);
    if (!shown) {
      console.log(`| ${fragment} | ${correction} | no code holds it |`);
      continue;
    }
    for (const preset of list('presets')) {
      const shares = values.shares ? numbers('shares') : [conditions(preset).share];
      for (const share of shares) for (const rate of numbers('rates')) await row({ fragment, correction, preset, share, rate }, shown);
    }
  }
}

async function row({ fragment, correction, preset, share, rate }, { modules, pictures }) {
  const read = await seen(pictures, preset, { share, rate });
  const percent = (part) => `${Math.round(100 * part)} %`;
  const pixels = ((480 * share) / modules).toFixed(1);
  const times = MESSAGES.map((message) => LOSSES.map((loss) => seconds(message, fragment, read.codes * (1 - loss), rate)).join(' / '));
  console.log(`| ${[fragment, correction, modules, preset, share, pixels, rate, percent(read.frames), percent(read.codes), ...times].join(' | ')} |`);
}

/** Mean seconds from the first code to the whole message. */
function seconds(message, fragment, share, rate) {
  if (share < READABLE) return '–';
  const random = randomness(1);
  let shown = 0;
  for (let trial = 0; trial < TRIALS; trial += 1) shown += codesNeeded(Math.ceil(message / fragment), share, random);
  return (shown / TRIALS / rate).toFixed(1);
}
