import * as l10n from '@vscode/l10n';
import { versionOrder } from '../version.ts';

/** How the app's handler answers one message. `unimplemented`: gRPC; `no-answer`: it does not answer at all. */
export type HandlerAnswer = 'success' | 'error' | 'not-found' | 'drop' | 'retry' | 'no-answer' | 'unimplemented';

/** What surrounds the handler. */
export interface HandlerSetup {
  deadLetterTopic: boolean;
  /** The copy to the dead letter topic cannot be written (topic missing and not created by the broker). */
  deadLetterFails?: boolean;
  /** `consumeRetryEnabled`; default of pub/sub: true, of the binding: false. */
  retryEnabled: boolean;
  /** `backOffMaxRetries`; null: unlimited (the default, -1). */
  maxRetries: number | null;
  /** `backOffMaxElapsedTime` with the exponential policy, ms; null: unlimited. */
  maxElapsedMs?: number | null;
  /** `backOffDuration`, ms; default 5,000. */
  backOffMs: number;
  /** The inbound retry of a Resiliency that targets the component; null: none. */
  resiliency: { maxRetries: number | null; durationMs: number } | null;
  /** The inbound timeout of a Resiliency, ms; null: none, the call may take for ever. */
  timeoutMs: number | null;
  /** Runtime version, for what 1.15.0 and 1.17.0 changed; undefined: the newest. */
  daprVersion?: string;
}

export type MessageFate = 'handled' | 'dropped' | 'dead-lettered' | 'blocks' | 'skipped' | 'lost' | 'waits';

export interface HandlerOutcome {
  fate: MessageFate;
  /** Times the handler is called before the fate is decided; null: for ever. */
  attempts: number | null;
  /** The offset is committed. */
  committed: boolean;
  sentence: string;
  /** Names of the recorded runs that show it. */
  evidence: string[];
}

/**
 * What becomes of one message, as executed on daprd 1.18.0
 * (RT:pkg/runtime/subscription/subscription.go:151-414; CC:common/component/kafka/consumer.go:82-114).
 */
export function handlerOutcome(answer: HandlerAnswer, setup: HandlerSetup): HandlerOutcome {
  switch (answer) {
    case 'success':
      return {
        fate: 'handled',
        attempts: 1,
        committed: true,
        sentence: l10n.t('Handled: the offset is committed within a second.'),
        evidence: ['e-status-SUCCESS', 'e-ok'],
      };
    case 'unimplemented':
      return {
        fate: 'lost',
        attempts: 1,
        committed: true,
        sentence: l10n.t('gRPC Unimplemented: acknowledged and lost; not even the dead letter topic receives it.'),
        evidence: [],
      };
    case 'drop':
    case 'not-found':
      return dropped(answer, setup);
    case 'no-answer':
      if (setup.timeoutMs === null)
        return {
          fate: 'waits',
          attempts: 1,
          committed: false,
          sentence: l10n.t(
            'Nothing times out: the partition waits for this one call. After a rebalance (60 seconds) another instance receives the message too. Set an inbound timeout in a Resiliency.',
          ),
          evidence: [],
        };
      return failed(setup);
    case 'error':
    case 'retry':
      return failed(setup);
  }
}

/**
 * The same for an entry of a batch (executed on 1.18.0 with Kafka): no answer but 404 is different, after which no copy
 * is made (RT:pkg/runtime/subscription/bulksubscription.go).
 */
export function bulkOutcome(answer: HandlerAnswer, setup: HandlerSetup): HandlerOutcome {
  return handlerOutcome(answer, answer === 'not-found' ? { ...setup, deadLetterTopic: false } : setup);
}

/** 1.16.19 copies no message that met 404 to the dead letter topic, 1.17.0 does (executed: 1.14.0 and 1.18.0). */
function dropped(answer: 'drop' | 'not-found', setup: HandlerSetup): HandlerOutcome {
  const copies = setup.deadLetterTopic && !(answer === 'not-found' && isBefore('1.17.0', setup));
  const evidence = answer === 'drop' ? ['e-dlt-DROP'] : copies ? ['e-dlt-404'] : ['e-http-404'];
  if (copies && setup.deadLetterFails === true) return failed(setup);
  if (copies)
    return {
      fate: 'dead-lettered',
      attempts: 1,
      committed: true,
      sentence: l10n.t('Copied to the dead letter topic, then acknowledged.'),
      evidence,
    };
  const sentence =
    answer === 'drop'
      ? l10n.t('DROP: acknowledged, the message is gone.')
      : l10n.t(
          '404 counts as DROP: acknowledged, the message is gone. A wrong route path consumes a whole backlog this way.',
        );
  return { fate: 'dropped', attempts: 1, committed: true, sentence, evidence };
}

function isBefore(version: string, { daprVersion }: HandlerSetup): boolean {
  return daprVersion !== undefined && versionOrder(daprVersion) < versionOrder(version);
}

/** 500 and every other code, RETRY, an unknown status, a timeout, an unreachable app: one and the same. */
function failed(setup: HandlerSetup): HandlerOutcome {
  const perRound =
    setup.resiliency === null ? 1 : setup.resiliency.maxRetries === null ? null : setup.resiliency.maxRetries + 1;
  if (perRound === null)
    return {
      fate: 'blocks',
      attempts: null,
      committed: false,
      sentence: l10n.t('The Resiliency retries for ever: the partition is blocked behind this message.'),
      evidence: [],
    };
  if (setup.deadLetterTopic && setup.deadLetterFails !== true)
    return {
      fate: 'dead-lettered',
      attempts: perRound,
      committed: true,
      sentence:
        perRound === 1
          ? l10n.t('Goes to the dead letter topic after the first failure, since no Resiliency retries it first.')
          : l10n.t('Goes to the dead letter topic after {0} attempts of the Resiliency.', perRound),
      evidence: perRound === 1 ? ['e-dlt-500'] : ['e-resiliency-max2-dlt'],
    };
  // 1.14.5 logs the error of the copy and acknowledges; 1.15.0 hands the message back to the component.
  if (setup.deadLetterTopic && isBefore('1.15.0', setup))
    return {
      fate: 'lost',
      attempts: perRound,
      committed: true,
      sentence: l10n.t(
        'The copy to the dead letter topic fails, and daprd before 1.15.0 acknowledges the message anyway: lost.',
      ),
      evidence: [],
    };
  const bounded = setup.maxRetries !== null || (setup.maxElapsedMs ?? null) !== null;
  if (!setup.retryEnabled || bounded) {
    const rounds = !setup.retryEnabled ? 1 : setup.maxRetries === null ? null : setup.maxRetries + 1;
    return {
      fate: 'skipped',
      attempts: rounds === null ? null : rounds * perRound,
      committed: false,
      sentence: l10n.t(
        'Given up, not committed; when the next message succeeds, its commit covers this one: skipped for good. As the last message of its partition it comes again at the next start.',
      ),
      evidence: setup.retryEnabled
        ? ['e-backoff-max0', 'e-backoff-max2-last', 'e-backoff-exp-elapsed2s']
        : ['e-retryfalse-junkbool', 'e-resiliency-max2-noretry'],
    };
  }
  const seconds = (setup.backOffMs / 1000).toLocaleString('en-US');
  return {
    fate: 'blocks',
    attempts: null,
    committed: false,
    sentence:
      perRound === 1
        ? l10n.t(
            'Retried every {0} s for ever: the partition is blocked behind this message, and its offset stays uncommitted.',
            seconds,
          )
        : l10n.t(
            '{0} attempts of the Resiliency, {1} s pause, and again, for ever: maxRetries does not end it. The partition is blocked behind this message.',
            perRound,
            seconds,
          ),
    evidence: setup.deadLetterTopic ? ['e-dlt-missing-topic'] : ['e-http-503', 'e-status-RETRY'],
  };
}
