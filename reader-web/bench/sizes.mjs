// How much there is to download.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Of each file of a folder, the largest first, and of all. */
export async function sizes(folder) {
  const names = await readdir(folder);
  const files = await Promise.all(names.map(async (name) => measured(name, await readFile(join(folder, name)))));
  files.sort((a, b) => b.raw - a.raw);
  const sum = (what) => files.reduce((sum, file) => sum + file[what], 0);
  return [...files, { name: 'in all', raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') }];
}

function measured(name, content) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  return {
    name,
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content, { params }).length,
  };
}
