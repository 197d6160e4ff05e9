// The page, served as anyone serves it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../serve.mjs', import.meta.url));

/** Serves a folder on a free port of this computer. */
export async function serve(folder) {
  const server = spawn(process.execPath, [SERVER, folder, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = await once(createInterface({ input: server.stdout }), 'line');
  const close = async () => {
    const closed = once(server, 'close');
    server.kill();
    await closed;
  };
  return { url, close };
}
