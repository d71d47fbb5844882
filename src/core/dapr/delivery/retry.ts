import { itemOf, looseItemOf, valueOf, type Component } from '../resources/component.ts';
import { isTrueText } from '../rules/booleans.ts';
import { parseDuration } from '../rules/durationText.ts';
import type { HandlerSetup } from './handlerOutcome.ts';

/** The component's own retry; a binding tries once unless it is told (CC:bindings/kafka/kafka.go:48-49). */
export function retryOf(
  component: Component,
): Pick<HandlerSetup, 'retryEnabled' | 'maxRetries' | 'maxElapsedMs' | 'backOffMs'> {
  const enabledItem = looseItemOf(component, 'consumeRetryEnabled');
  const enabled = valueOf(enabledItem);
  const exponential = textIn(itemOf(component, 'backOffPolicy'))?.toLowerCase() === 'exponential';
  const retries = Number(textIn(itemOf(component, 'backOffMaxRetries')) ?? -1);
  const elapsed = parseDuration(textIn(itemOf(component, 'backOffMaxElapsedTime')) ?? '15m', 'ms') ?? 0;
  const pause = exponential
    ? textIn(itemOf(component, 'backOffMaxInterval'))
    : textIn(itemOf(component, 'backOffDuration'));
  return {
    // Set, but empty, is false.
    retryEnabled:
      enabledItem === undefined || !enabled.known ? component.type !== 'bindings.kafka' : isTrueText(enabled.text),
    maxRetries: retries >= 0 ? retries : null,
    maxElapsedMs: exponential && elapsed > 0 ? elapsed : null,
    backOffMs: parseDuration(pause ?? (exponential ? '60s' : '5s'), 'ms') ?? 5000,
  };
}

/** undefined: empty, absent or not told by the file. */
function textIn(item: Parameters<typeof valueOf>[0]): string | undefined {
  const value = valueOf(item);
  return value.known && value.text !== '' ? value.text : undefined;
}
