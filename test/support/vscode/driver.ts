// The client of driver/: functions and mocha files that run inside the extension host.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type * as vscode from 'vscode';
import { until } from './until.ts';

export type MochaEvent =
  { type: 'pass'; title: string; ms: number } | { type: 'fail'; title: string; error: string } | { type: 'end' };

/** A function that runs in the extension host. It is sent as text: it sees its arguments and nothing around it. */
export type InHost<A, T> = (api: typeof vscode, args: A, require: NodeJS.Require) => T | Promise<T>;

export class Driver {
  readonly version: string;
  readonly #url: string;
  readonly #token: string;

  private constructor(address: { port: number; token: string; version: string }) {
    this.#url = `http://127.0.0.1:${address.port}`;
    this.#token = address.token;
    this.version = address.version;
  }

  /** Waits until the driver extension has written its address to `file`. */
  static async connect(file: string, timeoutMs: number): Promise<Driver> {
    const text = await until('the extension host', () => readFile(file, 'utf8').catch(() => undefined), timeoutMs);
    return new Driver(JSON.parse(text));
  }

  async eval<T, A = undefined>(run: InHost<A, T>, args?: A, timeoutMs = 30_000): Promise<Awaited<T>> {
    const body = `return (${run.toString()})(vscode, args, require)`;
    const response = await this.#post('/eval', { body, args }, timeoutMs);
    const answer = (await response.json()) as { ok: boolean; value: Awaited<T>; error: string };
    if (!answer.ok) throw new Error(`in the extension host: ${answer.error}`);
    return answer.value;
  }

  /** Runs mocha test files (absolute paths, CommonJS) in the extension host and yields what happens. */
  async *runMocha(mocha: string, files: readonly string[], grep?: string): AsyncGenerator<MochaEvent> {
    const response = await this.#post('/mocha', { mocha, files, grep }, 600_000);
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line) as MochaEvent;
    }
  }

  #post(path: string, message: unknown, timeoutMs: number): Promise<Response> {
    return fetch(this.#url + path, {
      method: 'POST',
      headers: { 'x-token': this.#token },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(timeoutMs),
    });
  }
}

/** Packages driver/ into `folder`, to be installed beside the product; resolves to the .vsix. */
export async function packageDriver(folder: string): Promise<string> {
  const vsce = path.resolve(import.meta.dirname, '../../../node_modules/@vscode/vsce/vsce');
  const vsix = path.join(folder, 'driver.vsix');
  const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix];
  await promisify(execFile)(process.execPath, [vsce, 'package', ...options], {
    cwd: path.join(import.meta.dirname, 'driver'),
  });
  return vsix;
}
