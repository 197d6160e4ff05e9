// Every vector of test-vectors/ gets its verdict in WebAssembly: from the core as the page has it, built with one function
// more (`judge_vector`, of the feature `testing`).

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const core = process.env.READER_TESTING;
const folder = join(import.meta.dirname, '../../test-vectors');
const { initSync, judge_vector } = await import(pathToFileURL(join(core, 'coffret_web.js')));
initSync({ module: await readFile(join(core, 'coffret_web_bg.wasm')) });

const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
assert.ok(files.length > 0);

for (const file of files) {
  test(file, async () => {
    const { common, cases } = JSON.parse(await readFile(join(folder, file), 'utf8'));
    assert.ok(cases.length > 0);
    for (const { name, input, expect } of cases) {
      const found = judge_vector(file, JSON.stringify({ input: { ...common, ...input }, expect }));
      assert.deepEqual(found, { codes: expect.codes ?? [], warnings: expect.warnings ?? [] }, name);
    }
  });
}
