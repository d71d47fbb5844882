import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';

/** A command that does the job once; what it prints on stdout is its answer. */
export interface Contender {
  name: string;
  command: readonly string[];
}

export interface Result {
  name: string;
  /** ms of the whole process, from spawn to exit; the median. */
  ms: number;
  /** Least and most. */
  spread: [number, number];
  answer: string;
}

/** Every contender `rounds` times, in turns with the order rotated, so that a busy machine slows all of them alike. */
export async function contest(contenders: readonly Contender[], rounds: number): Promise<Result[]> {
  const times = contenders.map((): number[] => []);
  const answers = contenders.map(() => '');
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < contenders.length; turn++) {
      const at = (round + turn) % contenders.length;
      const { ms, stdout } = await run(contenders[at]!.command);
      times[at]!.push(ms);
      answers[at] = stdout.trim();
    }
  return contenders.map(({ name }, at) => {
    const sorted = times[at]!.sort((a, b) => a - b);
    return { name, ms: sorted[sorted.length >> 1]!, spread: [sorted[0]!, sorted.at(-1)!], answer: answers[at]! };
  });
}

async function run(command: readonly string[]): Promise<{ ms: number; stdout: string }> {
  const [file, ...args] = command;
  const start = performance.now();
  const child = spawn(file!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (stdout.length < 10_000) stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const ms = performance.now() - start;
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${stderr.trim()}`);
  return { ms, stdout };
}

export const load = (): string =>
  loadavg()
    .map((l) => l.toFixed(1))
    .join(' ');
