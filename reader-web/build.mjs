// node build.mjs OUT WASM: makes the page, a folder of static files, in OUT. WASM is the folder of `bindings/web`'s build.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

import { build } from 'esbuild';

import { licences } from './licences.mjs';

const here = import.meta.dirname;
const at = (...path) => join(here, ...path);

const [out, wasm] = process.argv.slice(2).map((folder) => resolve(folder));
if (wasm === undefined) stop('usage: node build.mjs OUT WASM');
if (!existsSync(join(wasm, 'coffret_web.js'))) stop(`${wasm} has no coffret_web.js: build bindings/web first`);

/** zxing-wasm names a server of files in case that it is not told where its .wasm is. The page tells it, and names none. */
const ownDecoder = {
  name: 'own-decoder',
  setup({ onLoad }) {
    onLoad({ filter: /zxing-wasm\/dist\/es\/share\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: source.replace(/https:\/\/[^`]*\$\{(\w+)\}`/, '${$1}`') };
    });
  },
};

await emptied(out);
const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
const core = await placed(join(wasm, 'coffret_web_bg.wasm'));
const decoder = await placed(at('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm'));
const names = await bundle({ VERSION: version, CORE: core, DECODER: decoder });
for (const name of ['manifest.webmanifest', 'icon.svg', 'icon-maskable.svg']) {
  await copyFile(at('static', name), join(out, name));
}
const page = await readFile(at('static/index.html'), 'utf8');
await writeFile(join(out, 'index.html'), page.replace('{script}', names.script).replace('{style}', names.style));
await writeFile(join(out, 'licences.txt'), await licences(here));
await serviceWorker();

/** Puts a .wasm in its place, under a name that has its digest. */
async function placed(path) {
  const content = await readFile(path);
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase();
  const name = `${basename(path, '.wasm')}-${digest}.wasm`;
  await writeFile(join(out, name), content);
  return name;
}

/** The script and the style, each under a name that has its digest. */
async function bundle(constants) {
  const { metafile } = await build({
    entryPoints: { main: at('src/main.tsx'), style: at('src/style/style.css') },
    outdir: out,
    entryNames: '[name]-[hash]',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    metafile: true,
    define: defined(constants),
    alias: { 'coffret-web': join(wasm, 'coffret_web.js') },
    plugins: [ownDecoder],
    tsconfig: at('tsconfig.json'),
    absWorkingDir: here,
  });
  const names = Object.keys(metafile.outputs).map((path) => path.split('/').at(-1));
  const script = names.find((name) => name.endsWith('.js'));
  const style = names.find((name) => name.endsWith('.css'));
  const elsewhere = /https?:\/\/(?!www\.w3\.org\/)[\w.]+/.exec(await readFile(join(out, script), 'utf8'));
  if (elsewhere !== null) stop(`the page would name ${elsewhere[0]}`);
  return { script, style };
}

/** The files with their digests are in the worker itself: the browser sees that it has changed. */
async function serviceWorker() {
  const files = {};
  for (const file of (await readdir(out)).sort()) {
    const digest = createHash('sha256').update(await readFile(join(out, file)));
    files[file] = `sha256-${digest.digest('base64')}`;
  }
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  await build({
    entryPoints: [at('src/worker/sw.ts')],
    outfile: join(out, 'sw.js'),
    bundle: true,
    format: 'iife',
    target: 'es2022',
    minify: true,
    define: defined({ FILES: files, VERSION: version }),
    tsconfig: at('src/worker/tsconfig.json'),
  });
}

/** Constants for the sources. */
function defined(constants) {
  return Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]));
}

/** Only what this has made before is emptied. */
async function emptied(folder) {
  const files = existsSync(folder) ? await readdir(folder) : [];
  if (files.length > 0 && !files.includes('sw.js')) stop(`${folder} has other files`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

function stop(message) {
  console.error(message);
  process.exit(2);
}
