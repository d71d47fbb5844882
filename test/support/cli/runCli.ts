import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const CLI = path.resolve(import.meta.dirname, '../../../dist/cli.js');

export interface CliRun {
  code: number;
  stdout: string;
  stderr: string;
  /** stdout as one JSON document. */
  json: () => unknown;
  /** stdout as one JSON value a line. */
  lines: () => Record<string, unknown>[];
}

/** A started command, to be written to and interrupted. */
export interface StartedCli {
  /** Resolves when all of it was taken: more than a pipe holds is only taken by a command that reads. */
  write: (stdin: string) => Promise<void>;
  /** Resolves when stdout has this text. */
  printed: (text: string) => Promise<void>;
  /** As Ctrl-C does. */
  interrupt: () => void;
  ended: Promise<CliRun>;
}

/** Starts the built command in English. `stdoutTo`: a file that takes its stdout instead. */
export function startCli(args: readonly string[], options: { stdoutTo?: string } = {}): StartedCli {
  const to = options.stdoutTo === undefined ? 'pipe' : openSync(options.stdoutTo, 'w');
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    stdio: ['pipe', to, 'pipe'],
    timeout: 60_000,
  });
  if (typeof to === 'number') closeSync(to);
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stderr === null) throw new Error('a pipe is missing');
  stdin.on('error', () => undefined); // an interrupted command takes no more
  const said = { stdout: '', stderr: '' };
  stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const ended = once(child, 'close').then(([code]: unknown[]) => runOf(typeof code === 'number' ? code : -1, said));
  return {
    write: (text) => new Promise((resolve) => stdin.write(text, () => resolve())),
    async printed(text) {
      while (!said.stdout.includes(text)) {
        if (child.exitCode !== null) throw new Error(`ended without ${text}: ${said.stdout}${said.stderr}`);
        await Promise.race([once(stdout ?? stderr, 'data'), ended]);
      }
    },
    interrupt: () => void child.kill('SIGINT'),
    ended,
  };
}

const runOf = (code: number, { stdout, stderr }: { stdout: string; stderr: string }): CliRun => ({
  code,
  stdout,
  stderr,
  json: () => JSON.parse(stdout),
  lines: () =>
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
});

/** Runs the built command as a process of its own, in English, with only the environment given. */
export function runCli(
  args: readonly string[],
  options: { env?: Record<string, string>; stdin?: string; cwd?: string } = {},
) {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing: build first (npm run build).`);
  return new Promise<CliRun>((resolve) => {
    const child = execFile(
      process.execPath,
      [CLI, ...args],
      {
        env: { PATH: process.env.PATH, LC_ALL: 'C', ...options.env },
        cwd: options.cwd,
        timeout: 60_000,
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
        resolve(runOf(code, { stdout, stderr }));
      },
    );
    child.stdin?.end(options.stdin ?? '');
  });
}
