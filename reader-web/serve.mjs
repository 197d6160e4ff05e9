// node serve.mjs OUT PORT: serves the page of `build.mjs` to this computer alone. A camera needs no more: 127.0.0.1 is
// a secure address. Anywhere else it is any server of static files, over https, with these headers.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, extname, join, resolve } from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
  // What a page cannot say of itself.
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** A name with a digest in it never has other content. */
const FOR_EVER = /-[A-Z0-9]{8}\.(js|css|wasm)$/;

const [folder, port] = process.argv.slice(2);
if (port === undefined) {
  console.error('usage: node serve.mjs OUT PORT');
  process.exit(2);
}

const server = createServer(async ({ url, method }, response) => {
  const [path = ''] = (url ?? '').split('?');
  // At any path, so that trials and the real one can stand side by side.
  const name = path.endsWith('/') ? 'index.html' : basename(path);
  const type = TYPES[extname(name)];
  const asked = type !== undefined && (method === 'GET' || method === 'HEAD');
  const content = asked ? await readFile(join(resolve(folder), name)).catch(() => null) : null;
  if (content === null) {
    response.writeHead(404, HEADERS).end();
    return;
  }
  const cache = FOR_EVER.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
  response.writeHead(200, {
    ...HEADERS,
    'Content-Type': type,
    'Content-Length': content.length,
    'Cache-Control': cache,
  });
  response.end(method === 'HEAD' ? undefined : content);
});
server.listen(Number(port), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
