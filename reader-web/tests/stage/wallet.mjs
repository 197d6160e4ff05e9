// A wallet: the program `coffret` in the phone's place.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromPng } from '../film.mjs';
import { moment } from './issuer.mjs';
import { done, run } from './program.mjs';
import { LEAST_COST, PROGRAM } from './surroundings.mjs';

const PIN = '294817';

/** A presentation waits no longer for a reader's code. */
const PATIENCE = '60';

export class Wallet {
  #folder;
  #issuer;
  #presentations = 0;

  /** What came of the last presentation, as the program says it: `sent`, `reader`, `documents`. */
  result;

  /** A wallet that trusts an issuer and its readers, and has its list of them or not. */
  static async make(folder, issuer, { list = true } = {}) {
    await mkdir(folder);
    await writeFile(join(folder, 'pin'), PIN);
    const wallet = new Wallet(folder, issuer);
    await wallet.#does('init');
    if (LEAST_COST) await done(LEAST_COST, [join(folder, 'wallet'), join(folder, 'secrets'), PIN]);
    await wallet.#does('trust', 'add', issuer.file('iaca.pem'), '--purpose', 'issuer');
    await wallet.#does('trust', 'add', issuer.file('reader-ca.pem'), '--purpose', 'reader');
    if (!list) return wallet;
    await wallet.#does('trust', 'add', issuer.file('registry.pem'), '--purpose', 'registry');
    await wallet.#does('trust', 'add', issuer.file('readers.cose'));
    return wallet;
  }

  constructor(folder, issuer) {
    this.#folder = folder;
    this.#issuer = issuer;
  }

  /** Has a document issued to it and keeps it. */
  async hold(document, days = 365) {
    const [keys, credential] = ['keys.json', document.docType].map((name) => join(this.#folder, name));
    await writeFile(keys, await this.#does('--json', 'keys', '--count', '2'));
    await this.#issuer.issue(document, keys, credential, days);
    await this.#does('add', credential);
  }

  /**
   * Answers a reader's code, from pictures of it.
   *
   * @param {Buffer[]} code
   * @param {'all' | 'required' | 'none'} approve
   * @returns {Promise<import('../film/picture.mjs').Picture[]>} what the phone shows in turn
   */
  async present(code, approve) {
    this.#presentations += 1;
    const folder = join(this.#folder, `codes-${this.#presentations}`);
    await mkdir(folder);
    await Promise.all(code.map((picture, place) => writeFile(join(folder, `reader-${place}.png`), picture)));
    const link = ['--link', `qr:${folder}`, '--wait', PATIENCE];
    // What the page says of an expired document is for the page to show: this person sends it.
    link.push('--allow-expired');
    const said = ['--json', '--result', join(folder, 'result.json')];
    const { status, stderr } = await run(PROGRAM, ['present', ...link, '--approve', approve, ...said, ...this.#where()]);
    const answer = await drawn(folder);
    if (answer.length === 0) throw new Error(`the wallet showed nothing and ended with ${status}: ${stderr}`);
    this.result = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'));
    return answer;
  }

  /** What the wallet notes of its last presentation. */
  async noted() {
    return JSON.parse(await this.#does('--json', 'log')).entries[0];
  }

  #does(...arguments_) {
    return done(PROGRAM, [...arguments_, ...this.#where(), ...moment(this.#issuer.at)]);
  }

  #where() {
    const [wallet, pin, secrets] = ['wallet', 'pin', 'secrets'].map((name) => join(this.#folder, name));
    return ['--wallet', wallet, '--pin-file', pin, '--secrets', `file:${secrets}`];
  }
}

/** The wallet's pictures, in their order. */
async function drawn(folder) {
  const names = (await readdir(folder)).filter((name) => /^wallet-\d+\.png$/.test(name)).sort();
  const pictures = await Promise.all(names.map((name) => readFile(join(folder, name))));
  return pictures.map(fromPng);
}
