import * as l10n from '@vscode/l10n';
import { KafkaError, type KafkaErrorKind } from '../core/kafka/transport/kafkaError.ts';
import { FilterError } from '../core/scan/filter.ts';
import { UnknownPredecessor } from '../core/forecast/forecast.ts';
import { GitFailure } from '../core/forecast/gitRevision.ts';
import { EXIT, UsageError, type ExitCode } from './command.ts';

/** Kafka's UNKNOWN_TOPIC_OR_PARTITION and INVALID_TOPIC_EXCEPTION. */
const NO_SUCH_TOPIC: readonly unknown[] = [3, 17];

/** What to print and with which code to end after an error that ended a command. */
export function failureOf(error: unknown): { message: string; code: ExitCode } {
  if (error instanceof UsageError) return { message: error.message, code: EXIT.usage };
  if (error instanceof FilterError || error instanceof UnknownPredecessor || error instanceof GitFailure)
    return { message: error.message, code: EXIT.usage };
  if (error instanceof KafkaError) return { message: withStep(error), code: codeOf(error) };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: l10n.t('A fault of kafka-dapr itself, please report it: {0}', stack), code: EXIT.usage };
}

/** Steps of connecting, as the contract names them; a silence or an end of the connection is told by its sentence. */
const STEPS: Partial<Record<KafkaErrorKind, string>> = {
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  sasl: 'SASL',
  metadata: 'metadata',
  advertised: 'advertised address',
};

function withStep({ kind, message }: KafkaError): string {
  const step = STEPS[kind];
  return step === undefined ? message : `${step}: ${message}`;
}

/** The cluster answered but would not or could not do it: partly done, unless the name in the arguments was wrong. */
function codeOf(error: KafkaError): ExitCode {
  if (error.kind === 'kafka') return NO_SUCH_TOPIC.includes(error.code) ? EXIT.usage : EXIT.partly;
  return error.kind === 'unsupported-version' || error.kind === 'malformed' ? EXIT.partly : EXIT.unreachable;
}
