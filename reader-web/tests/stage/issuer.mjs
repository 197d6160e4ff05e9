// An issuer with certificates of its own, and a registry of readers.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { done } from './program.mjs';
import { PROGRAM } from './surroundings.mjs';

export class Issuer {
  /** Made at a time, or now. */
  static async make(folder, at) {
    await done(PROGRAM, ['pki', folder, ...moment(at)]);
    return new Issuer(folder, at);
  }

  constructor(folder, at) {
    this.folder = folder;
    this.at = at;
  }

  /** A file of its folder: `iaca.pem`, `reader.pem`, `reader.key`. */
  file(name) {
    return join(this.folder, name);
  }

  /** Issues a document for the keys in a file, into a file. */
  async issue({ docType, data }, keys, out, days) {
    await writeFile(`${out}.json`, JSON.stringify(data));
    const what = ['--type', docType, '--data', `${out}.json`, '--keys', keys];
    const by = ['--pki', this.folder, '--days', `${days}`, ...moment(this.at)];
    await done(PROGRAM, ['issue', ...what, ...by, '--out', out]);
  }
}

export const DAY = 24 * 60 * 60 * 1000;

/** The option for a time other than now. */
export const moment = (at) => (at === undefined ? [] : ['--now', at.toISOString()]);
