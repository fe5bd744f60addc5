import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TAGS } from './house.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text]) => text!,
  );
const commands = blocks('sh').flatMap((block) => block.trim().split('\n'));
const run = promisify(execFile);

describe('what the README says', { timeout: 180_000 }, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'liyu-readme-'));
  after(() => rmSync(scratch, { recursive: true, force: true }));
  const env = { ...process.env, DATABASE_URL: `pglite:${scratch}/db` };

  // npm start has a test of its own below; npm test is what runs this.
  for (const command of commands.filter((line) => line !== 'npm start' && line !== 'npm test')) {
    it(`runs: ${command}`, async () => {
      const { stdout } = await run('bash', ['-c', command], { cwd: root, env });
      if (command.includes('grade')) assert.match(stdout, /"rung":"VIP-1"/);
    });
  }

  it('names the two commands and has the smallest page, as it is served', async () => {
    assert.ok(commands.includes('npm start') && commands.includes('npm test'));
    const { barePage } = await import('@liyu/demo');
    const [page] = blocks('html');
    assert.equal(page!.trim().split('\n').length, 10);
    assert.equal(String(barePage('8f3a…')).trim(), page!.trim());
  });

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!http)([^)#]+)[^)]*\)/g)].map(([, path]) => path!);
    assert.ok(links.length > 4);
    for (const link of links) assert.ok(existsSync(join(root, link)), link);
  });

  it('npm start: the last address it prints is the portal with the tags, and it ends when told', async () => {
    const child = spawn('npm', ['start'], {
      cwd: root,
      env: { ...env, DATABASE_URL: 'pglite:memory', PORT: '0', PORTAL_PORT: '0' },
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    try {
      let printed = '';
      await new Promise<void>((resolve, reject) => {
        child.stdout.on('data', (data) => {
          printed += String(data);
          if (/^portal /m.test(printed)) resolve();
        });
        void exited.then(() => reject(new Error(`ended early\n${printed}`)));
      });
      const address = [...printed.matchAll(/http:\/\/\S+/g)].at(-1)![0];
      const page = await (await fetch(address)).text();
      for (const tag of TAGS) assert.ok(page.includes(`<${tag}`), tag);
    } finally {
      process.kill(-child.pid!, 'SIGTERM');
      await exited;
    }
  });
});
