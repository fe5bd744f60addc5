import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { LIYU } from '../../../../test/liyu-program.mjs';
import { run } from '../cli/run.js';

export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A `liyu` command in a process of its own, with nothing of this one's settings. */
export class LiyuCommand {
  readonly child: ChildProcessWithoutNullStreams;
  stdout = '';
  stderr = '';
  readonly #ended: Promise<number | null>;

  constructor(args: string[], env: Record<string, string> = {}) {
    const { PATH = '', HOME = '', NODE_OPTIONS = '' } = process.env;
    this.child = spawn(process.execPath, [...LIYU, ...args], {
      env: { PATH, HOME, NODE_OPTIONS, ...env },
    });
    this.child.stdout.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.child.stdin.on('error', () => undefined);
    const kill = () => this.child.kill('SIGKILL');
    process.once('exit', kill);
    this.#ended = new Promise((resolve) => {
      this.child.once('close', (code) => {
        process.off('exit', kill);
        resolve(code);
      });
    });
  }

  async result(): Promise<Result> {
    const code = await this.#ended;
    return { code, stdout: this.stdout, stderr: this.stderr };
  }

  /** The address that `serve` prints when it takes requests. */
  async url(): Promise<string> {
    for (;;) {
      const ready = /^ready (http:\S+)\n/m.exec(this.stdout)?.[1];
      if (ready !== undefined) return ready;
      const more = new Promise<'more'>((resolve) => {
        this.child.stdout.once('data', () => resolve('more'));
      });
      if ((await Promise.race([more, this.#ended])) !== 'more') {
        throw new Error(`serve ended: ${this.stderr}`);
      }
    }
  }
}

/**
 * Runs a command to its end, in this process, where it starts at once; `input` is its standard input.
 * What is about the process itself takes a LiyuCommand.
 */
export async function liyu(
  args: string[],
  env: Record<string, string> = {},
  input: string | Uint8Array = '',
): Promise<Result> {
  const stdout = new Collected();
  const stderr = new Collected();
  const stdin = Readable.from(input.length === 0 ? [] : [Buffer.from(input)]);
  const code = await run(args, { env, stdin, stdout, stderr });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

class Collected extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}
