// Programs that are run beside the page.

import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 *
 * @param {string} program
 * @param {string[]} arguments_
 * @param {{ input?: string, folder?: string }} [how]
 * @returns {Promise<{ status: number | null, stdout: string, stderr: string }>}
 */
export function run(program, arguments_, { input = '', folder } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, arguments_, { cwd: folder, stdio: 'pipe' });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        said[name] += text;
      });
    }
    // Who ends before it has read everything says so by its status.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...said }));
  });
}

/** Runs a program that must succeed; what it wrote. */
export async function done(program, arguments_, how) {
  const { status, stdout, stderr } = await run(program, arguments_, how);
  if (status !== 0) throw new Error(`${program} ${arguments_.join(' ')} ended with ${status}: ${stderr}${stdout}`);
  return stdout;
}
