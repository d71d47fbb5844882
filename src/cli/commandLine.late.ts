/** The `kafka-dapr` command line: parses the arguments, runs one command, sets the exit code. */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { COMMANDS } from './commands.ts';
import { EXIT, UsageError, worst, type Command, type ExitCode } from './command.ts';
import { commandHelp, generalHelp } from './help.ts';
import { createOutput, type Output } from './output.ts';

/** Messages follow the terminal's language where there is a translation beside the command. */
function chooseLanguage(): void {
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  const file = path.join(__dirname, '..', 'l10n', `bundle.l10n.${locale.slice(0, 2).toLowerCase()}.json`);
  if (/^[a-z]{2}/i.test(locale) && fs.existsSync(file)) l10n.config({ contents: fs.readFileSync(file, 'utf8') });
}

async function run(args: string[], version: string, out: Output, signal: AbortSignal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') {
    await out.line(version);
    return EXIT.done;
  }
  const overview = async () => generalHelp(await Promise.all(Object.values(COMMANDS).map((command) => command())));
  if (name === undefined) {
    out.note((await overview()).join('\n'));
    return EXIT.usage;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const [wanted] = rest;
    for (const line of wanted === undefined ? await overview() : commandHelp(await load(wanted))) await out.line(line);
    return EXIT.done;
  }
  const command = await load(name);
  const { values, positionals } = parse(command, rest);
  if (values.help === true) {
    for (const line of commandHelp(command)) await out.line(line);
    return EXIT.done;
  }
  return command.run({
    options: values,
    positionals,
    out,
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    version,
    signal,
  });
}

/** Throws {@link UsageError} where there is no such command. */
async function load(name: string): Promise<Command> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return command();
  const names = Object.keys(COMMANDS).join(', ');
  throw new UsageError(
    name.startsWith('-')
      ? l10n.t('Options follow the name of a command, one of {0}; "{1}" is none.', names, name)
      : l10n.t('There is no command "{0}"; there are {1}.', name, names),
  );
}

function parse(command: Command, args: string[]) {
  const options = { ...command.options, help: { type: 'boolean' as const, short: 'h' } };
  try {
    return parseArgs({ args: joinDashValues(args), options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(
      l10n.t('{0} (`kafka-dapr {1} --help` lists the options.)', (error as Error).message, command.name),
    );
  }

  /** `--to -5` is refused as ambiguous by parseArgs; a value that looks like a negative number is meant as a value. */
  function joinDashValues(list: string[]): string[] {
    const joined: string[] = [];
    for (let i = 0; i < list.length; i++) {
      const [arg, next] = [list[i] ?? '', list[i + 1]];
      const known = arg.startsWith('--') && command.options[arg.slice(2)]?.type === 'string';
      if (known && next !== undefined && /^-\d/.test(next)) joined.push(`${arg}=${list[++i] ?? ''}`);
      else joined.push(arg);
    }
    return joined;
  }
}

/** @param version of the command itself */
export async function main(version: string): Promise<void> {
  chooseLanguage();
  const abort = new AbortController();
  let unwritten: Error | undefined;
  let interrupted = false;
  const out = createOutput(process.stdout, process.stderr, (error) => {
    unwritten = error;
    abort.abort();
  });
  const interrupt = () => {
    interrupted = true;
    abort.abort();
    process.stdin.destroy();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  let code: ExitCode;
  try {
    code = await run(process.argv.slice(2), version, out, abort.signal);
  } catch (error) {
    const { failureOf } = await import('./failure.ts');
    const failure = failureOf(error);
    code = interrupted ? EXIT.partly : abort.signal.aborted ? EXIT.done : failure.code;
    if (interrupted) out.note(l10n.t('kafka-dapr: interrupted before it was done.'));
    else if (!abort.signal.aborted) out.note(`kafka-dapr: ${failure.message}`);
  }
  await out.flush();
  if (unwritten) {
    code = worst(code, EXIT.partly);
    out.note(l10n.t('kafka-dapr: the output could not be written: {0}', unwritten.message));
  }
  process.exitCode = code;
}
