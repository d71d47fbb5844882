import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { killGroup, spawnGroup } from './processes.ts';
import type { CommandLine, KafkaRuntime } from './runtime.ts';

/** ms. A machine under load starts brokers several times slower than an idle one. */
const START_TIMEOUT = 120_000;
const NODE_TIMEOUT = 60_000;
/** ms; the first run of a version writes its class archive on the way out. */
const STOP_TIMEOUT = 40_000;

/** A JVM in which nodes of `dir` run (java/lab/Brokers.java). Whatever happens to us, it ends. */
export class BrokerProcess {
  readonly #runtime: Pick<KafkaRuntime, 'ended'>;
  readonly #dir: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #output: string[] = [];
  readonly #waiting = new Set<(line: string | null) => void>();
  readonly #cleanUp = () => killGroup(this.#child);

  constructor(runtime: Pick<KafkaRuntime, 'ended'>, dir: string, command: CommandLine) {
    this.#runtime = runtime;
    this.#dir = dir;
    this.#child = spawnGroup(command);
    process.once('exit', this.#cleanUp);
    this.#child.once('error', (error) => this.#output.push(error.message));
    this.#child.stdin.on('error', (error) => this.#output.push(error.message));
    for (const stream of [this.#child.stdout, this.#child.stderr])
      createInterface(stream).on('line', (line) => this.#heard(line));
    this.#child.once('close', () => {
      process.off('exit', this.#cleanUp);
      this.#waiting.forEach((hear) => hear(null));
    });
  }

  async ready(signal?: AbortSignal): Promise<void> {
    await this.#line((line) => line.startsWith('READY '), 'to be ready', START_TIMEOUT, signal);
  }

  async node(action: 'stop' | 'start', node: number): Promise<void> {
    const command = `${action} ${node}`;
    const answer = this.#line((line) => /^(DONE|FAILED) /.test(line) && line.includes(command), command, NODE_TIMEOUT);
    this.#child.stdin.write(`${command}\n`);
    const line = await answer;
    if (line.startsWith('FAILED')) throw new Error(line);
  }

  /** In good order; `dir` is the caller's. */
  async stop(): Promise<void> {
    if (this.#runs()) {
      const closed = once(this.#child, 'close');
      const impatient = setTimeout(() => killGroup(this.#child), STOP_TIMEOUT);
      this.#child.stdin.end('quit\n');
      await closed;
      clearTimeout(impatient);
    }
    if (this.#child.exitCode === 0) await this.#runtime.ended?.();
  }

  /** With SIGKILL, as when its machine goes: nothing is said, handed over or written. */
  async kill(): Promise<void> {
    if (!this.#runs()) return;
    const closed = once(this.#child, 'close');
    killGroup(this.#child);
    await closed;
  }

  #runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  #heard(line: string): void {
    this.#output.push(line);
    this.#output.splice(0, this.#output.length - 50);
    for (const hear of [...this.#waiting]) hear(line);
  }

  /** The next line that fits. Throws with the brokers' last words when they end, or take too long. */
  #line(fits: (line: string) => boolean, what: string, timeoutMs: number, signal?: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        this.#waiting.delete(hear);
        clearTimeout(timer);
        signal?.removeEventListener('abort', aborted);
        settle();
      };
      const fail = (why: string) => finish(() => reject(new Error(`${why}\n${this.#lastWords()}`)));
      const hear = (line: string | null) => {
        if (line === null) fail('Kafka ended unexpectedly:');
        else if (fits(line)) finish(() => resolve(line));
      };
      const aborted = () => finish(() => reject(signal?.reason as Error));
      const timer = setTimeout(() => fail(`Kafka took more than ${timeoutMs / 1000} s ${what}:`), timeoutMs);
      this.#waiting.add(hear);
      signal?.addEventListener('abort', aborted);
      if (!this.#runs()) hear(null);
    });
  }

  #lastWords(): string {
    const files = fs.existsSync(this.#dir) ? fs.readdirSync(this.#dir).filter((f) => /^kafka.*\.log$/.test(f)) : [];
    const logged = files.flatMap((file) =>
      fs.readFileSync(path.join(this.#dir, file), 'utf8').trim().split('\n').slice(0, 20),
    );
    return [...this.#output, ...logged].join('\n');
  }
}
