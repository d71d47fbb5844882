import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
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
        resolve({
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
      },
    );
    child.stdin?.end(options.stdin ?? '');
  });
}
