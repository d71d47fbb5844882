import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { promisify } from 'node:util';
import type { CommandLine } from './runtime.ts';

const runFile = promisify(execFile);

/** Runs a command to its end. Throws with the command's own last words. */
export async function run([command, ...args]: CommandLine, options: { cwd?: string } = {}): Promise<string> {
  try {
    return (await runFile(command, args, { ...options, maxBuffer: 64 << 20 })).stdout;
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout?: string; stderr?: string };
    const words = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-15).join('\n');
    throw new Error(`${command} failed: ${words || String(cause)}`, { cause });
  }
}

/** Whether a command can be run at all, with its first lines of output. */
export async function answers(command: CommandLine): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await runFile(command[0], command.slice(1), { timeout: 20_000 });
    return stdout + stderr;
  } catch {
    return undefined; // not there, or not usable: the caller says which and what to do
  }
}

/**
 * A process in a group of its own, so that a Ctrl-C in the terminal does not reach it before we end it ourselves.
 * Should this process die without a word, the end of its stdin tells the child.
 */
export function spawnGroup([command, ...args]: CommandLine): ChildProcessWithoutNullStreams {
  return spawn(command, args, { detached: process.platform !== 'win32', stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Ends a process and everything it started, at once. */
export function killGroup(child: {
  pid?: number | undefined;
  exitCode: number | null;
  signalCode: string | null;
}): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // ESRCH: it has just ended
  }
}
