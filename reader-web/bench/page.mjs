// How fast and how large the page is: node bench/page.mjs, in the surroundings of tests/reading.test.mjs.

import { conditions } from '../tests/film.mjs';
import { develop } from '../tests/stage/camera.mjs';
import { textOf } from '../tests/stage/scanner.mjs';
import { Stage } from '../tests/stage/stage.mjs';
import { SITE } from '../tests/stage/surroundings.mjs';
import { WORDS } from '../tests/stage/words.mjs';
import { sizes } from './sizes.mjs';
import { begun, ended, timed } from './stopwatch.mjs';

const SIX = [WORDS.ageOver18, 'Nom de famille', 'Prénom', 'Date de naissance', 'Numéro de permis', 'Date d’expiration'];

/** What is asked for, least first; or those that are named: node bench/page.mjs 'six elements' */
const REQUESTS = {
  age: (desk) => desk.asksFor([WORDS.ageOver18]),
  'six elements': (desk) => desk.asksFor(SIX),
  'age, small portrait': (desk) => desk.asks('age-18'),
  identity: (desk) => desk.asks('identity'),
};
const LOSSES = [0, 0.1, 0.3];
const TIMES = 3;
/** Codes after a whole round of them: of a short answer, enough rounds that no code is lost in each. */
const MORE = 60;

const stage = await Stage.set();
try {
  const wallet = await stage.largeWallet();
  console.log('Reading: from the first code that is shown to the verdict, medians of', TIMES);
  console.log(row(['request', 'answer', 'fragments', 'lost', 'seconds', 'frames', 'verification']));
  const desk = await stage.open({ before: timed });
  await desk.trusts(stage.issuer.file('iaca.pem'));
  await desk.signsAs(stage.issuer);
  const named = process.argv.slice(2);
  for (const [request, asks] of Object.entries(REQUESTS)) {
    if (named.length > 0 && !named.includes(request)) continue;
    for (const lost of LOSSES) {
      const runs = [];
      for (let seed = 1; seed <= TIMES; seed += 1) runs.push(await read(desk, wallet, asks, { lost, seed }));
      const median = (what) => runs.map((run) => run[what]).sort((a, b) => a - b)[(TIMES - 1) / 2];
      const { bytes, fragments } = runs[0];
      const answer = `${(bytes / 1000).toFixed(1)} kB`;
      const took = [median('seconds').toFixed(2), median('frames'), `${median('verification').toFixed(1)} ms`];
      console.log(row([request, answer, fragments, `${100 * lost} %`, ...took]));
    }
  }
  await desk.close();
} finally {
  await stage.strike();
}

console.log('\nDownload: bytes as they are, by gzip -9, by brotli');
for (const { name, raw, gzip, brotli } of await sizes(SITE)) console.log(row([name, raw, gzip, brotli]));

async function read(desk, wallet, asks, changes) {
  await asks(desk);
  const pictures = await wallet.present(await desk.photographs(), 'required');
  const film = develop(pictures, conditions('counter', { shows: pictures.length + MORE, ...changes }));
  await desk.page.waitForSelector('video');
  await begun(desk.page);
  stage.camera.play(film);
  await desk.at('verdict');
  stage.camera.blank();
  const took = await ended(desk.page);
  await desk.forgets();
  return { ...took, ...(await length(pictures[0])) };
}

/** Of the message: what the first frame says of it. */
async function length(picture) {
  const [, place, body] = (await textOf(picture)).split('/');
  const fragments = Number(place.split('-')[1]);
  // Two letters a byte; a part's head and numbers, and the checksum of bytewords, are about 20 bytes.
  return { fragments, bytes: fragments * (body.length / 2 - 20) };
}

function row(cells) {
  return cells.map((cell, place) => (place === 0 ? `${cell}`.padEnd(24) : `${cell}`.padStart(12))).join('');
}
