// What the page is made of, and the licence of each part: its packages, and the crates in the core's WebAssembly.

import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const CORE = ['--package', 'coffret-web'];
const PLATFORM = 'wasm32-unknown-unknown';
const LINE = `\n${'-'.repeat(72)}\n\n`;

/**
 * The text that goes with the page: each licence once, after the names of what it is of.
 *
 * @param {string} here the folder of the page's sources
 */
export async function licences(here) {
  const own = [
    ['Coffret', join(here, '../LICENSE-MIT')],
    ['Coffret; zxing-cpp; Rust’s standard library', join(here, '../LICENSE-APACHE')],
  ];
  const { dependencies } = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));
  const packages = await Promise.all(Object.keys(dependencies).map((name) => texts(name, '', join(here, 'node_modules', name))));
  const crates = await Promise.all(cratesIn(here).map(({ name, version, license, folder }) => texts(`${name} ${version}`, license, folder)));
  const names = new Map();
  for (const [name, file] of [...own, ...packages.flat(), ...crates.flat()]) {
    const text = file === null ? `${name} comes without a text.` : (await readFile(file, 'utf8')).trim();
    names.set(text, [...(names.get(text) ?? []), name]);
  }
  return Array.from(names, ([text, of]) => `${of.join('; ')}\n\n${text}\n`).join(LINE);
}

/** The crates that are linked; what only builds is not. */
function cratesIn(here) {
  const cargo = (...line) => execFileSync('cargo', line, { cwd: here, encoding: 'utf8', maxBuffer: 1 << 28 });
  const tree = ['--edges', 'normal,no-proc-macro', '--target', PLATFORM, '--prefix', 'none', '--format', '{p}'];
  const linked = new Set(cargo('tree', ...CORE, ...tree).split('\n').map((line) => line.replace(/ \(.*/, '')));
  const { packages } = JSON.parse(cargo('metadata', '--format-version', '1', '--filter-platform', PLATFORM));
  const theirs = packages.filter(({ name, version, source }) => source !== null && linked.has(`${name} v${version}`));
  return theirs.map(({ name, version, license, manifest_path }) => ({ name, version, license, folder: dirname(manifest_path) }));
}

/** Of several licences to choose from, MIT's. */
async function texts(name, license, folder) {
  const found = await readdir(folder, { recursive: true });
  const files = found.filter((file) => /^(licen[cs]e|copying|notice)[^/]*$|^LICENSES\/./i.test(file) && file !== 'LICENSES');
  const mit = / AND /.test(license) ? [] : files.filter((file) => /mit/i.test(file));
  const chosen = mit.length > 0 ? mit : files;
  if (chosen.length === 0) return [[`${name} (${license})`, null]];
  return chosen.map((file) => [name, join(folder, file)]);
}
