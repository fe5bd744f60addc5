import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LIYU } from './liyu-program.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Starts `liyu serve --demo` as a process of its own, on a free port and, unless `env` says otherwise,
 * on an empty PGlite in memory.
 * @param {Record<string, string>} [env]
 * @returns {Promise<{url: string, log: () => string, stop: () => Promise<void>, kill: () => Promise<void>}>}
 */
export async function startLiyu(env = {}) {
  const child = spawn(process.execPath, [...LIYU, 'serve', '--demo'], {
    cwd: root,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATABASE_URL: 'pglite:memory', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (data) => {
    log += data;
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const end = async (signal) => {
    child.kill(signal);
    await exited;
  };
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
      const found = /^ready (http\S+)/m.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    void exited.then((code) => reject(new Error(`liyu serve ended with ${code}\n${log}`)));
  });
  return { url, log: () => log, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
