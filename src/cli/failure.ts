import * as l10n from '@vscode/l10n';
import { KafkaError } from '../core/kafka/transport/kafkaError.ts';
import { EXIT, UsageError, type ExitCode } from './command.ts';

/** What to print and with which code to end after an error that ended a command. */
export function failureOf(error: unknown): { message: string; code: ExitCode } {
  if (error instanceof UsageError) return { message: error.message, code: EXIT.usage };
  if (error instanceof KafkaError)
    return { message: error.message, code: error.kind === 'kafka' ? EXIT.partly : EXIT.unreachable };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: l10n.t('A fault of kafka-dapr itself, please report it: {0}', stack), code: EXIT.usage };
}
