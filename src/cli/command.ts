import * as l10n from '@vscode/l10n';
import type { ParseArgsConfig } from 'node:util';
import type { Output } from './output.ts';

/** Exit codes of the command's contract. Where several apply the order is 2, 3, 4, 1. */
export const EXIT = { done: 0, findings: 1, usage: 2, unreachable: 3, partly: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The most telling of several exit codes. */
export function worst(...codes: ExitCode[]): ExitCode {
  for (const code of [EXIT.usage, EXIT.unreachable, EXIT.partly, EXIT.findings]) if (codes.includes(code)) return code;
  return EXIT.done;
}

/** Bad usage or unreadable input: exit 2 with this sentence. */
export class UsageError extends Error {}

export type OptionSpec = NonNullable<ParseArgsConfig['options']>;
export type OptionValues = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface CommandContext {
  options: OptionValues;
  positionals: string[];
  out: Output;
  env: NodeJS.ProcessEnv;
  cwd: string;
  stdin: AsyncIterable<string | Buffer>;
  /** Of the command itself. */
  version: string;
  /** Aborted by SIGINT or SIGTERM, or when stdout was closed: what comes too late then throws, or ends early. */
  signal: AbortSignal;
}

export interface Command {
  name: string;
  /** `TOPIC`, `[NAME…]`: shown behind the name in the usage line. */
  operands: string;
  summary(): string;
  options: OptionSpec;
  /** Option name -> one line of help with its value, e.g. `N  how many`. */
  help(): Record<string, string>;
  run(context: CommandContext): Promise<ExitCode>;
}

/** The value of a string option; undefined when absent. */
export function text(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of a repeatable string option. */
export function texts(options: OptionValues, name: string): string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [];
}

export const flag = (options: OptionValues, name: string): boolean => options[name] === true;

/** A whole number option from `min` to `max`; undefined when absent. Throws {@link UsageError}. */
export function wholeNumber(options: OptionValues, name: string, min: number, max = Infinity): number | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (number > max && Number.isFinite(max))
    throw new UsageError(l10n.t('--{0} takes a whole number from {1} to {2}, not "{3}".', name, min, max, value));
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number) || number < min)
    throw new UsageError(l10n.t('--{0} takes a whole number of at least {1}, not "{2}".', name, min, value));
  return number;
}
