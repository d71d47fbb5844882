import * as l10n from '@vscode/l10n';
import type { Command } from './command.ts';

/** What `kafka-dapr --help` prints, line by line. */
export function generalHelp(commands: readonly Command[]): string[] {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    l10n.t('kafka-dapr COMMAND … – where will a reader start, and what will it miss?'),
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary()}`),
    '',
    l10n.t('`kafka-dapr COMMAND --help` explains the options of one.'),
    l10n.t('Passwords and tokens come from KAFKA_PASSWORD, KAFKA_KEY_PASSPHRASE, KAFKA_TOKEN and REGISTRY_PASSWORD.'),
    l10n.t('Exit codes: 0 done, 1 findings, 2 bad usage, 3 cluster not reached, 4 partly done.'),
  ];
}

/** What `kafka-dapr COMMAND --help` prints. */
export function commandHelp(command: Command): string[] {
  const help = command.help();
  const width = Math.max(...Object.keys(command.options).map((name) => name.length));
  return [
    `kafka-dapr ${command.name} ${command.operands}`,
    `  ${command.summary()}`,
    '',
    ...Object.keys(command.options).map((name) => `  --${name.padEnd(width)}  ${help[name] ?? ''}`.trimEnd()),
  ];
}
