import { looseItemOf, valueOf, itemOf, type Component } from '../resources/component.ts';
import { inboundPolicy, type InboundPolicy } from '../resources/resiliency.ts';
import type { Subscription } from '../resources/subscription.ts';
import { isTrueText } from '../rules/booleans.ts';
import { parseDuration } from '../rules/durationText.ts';
import type { Workspace } from '../workspace.ts';
import type { HandlerSetup } from './handlerOutcome.ts';

/** What surrounds the handler of a Subscription, from the files; a value that they do not tell counts as its default. */
export function handlerSetup(
  subscription: Subscription,
  component: Component,
  workspace: Workspace,
  daprVersion: string,
): { setup: HandlerSetup; policy: InboundPolicy | undefined } {
  const policy = inboundPolicy(component.name, workspace);
  const enabled = textIn(looseItemOf(component, 'consumeRetryEnabled'));
  const exponential = textIn(itemOf(component, 'backOffPolicy'))?.toLowerCase() === 'exponential';
  const retries = Number(textIn(itemOf(component, 'backOffMaxRetries')) ?? -1);
  const elapsed = parseDuration(textIn(itemOf(component, 'backOffMaxElapsedTime')) ?? '15m', 'ms') ?? 0;
  const pause = exponential
    ? textIn(itemOf(component, 'backOffMaxInterval'))
    : textIn(itemOf(component, 'backOffDuration'));
  return {
    policy,
    setup: {
      deadLetterTopic: (subscription.deadLetterTopic?.text ?? '') !== '',
      retryEnabled: enabled === undefined || isTrueText(enabled),
      maxRetries: retries >= 0 ? retries : null,
      maxElapsedMs: exponential && elapsed > 0 ? elapsed : null,
      backOffMs: parseDuration(pause ?? (exponential ? '60s' : '5s'), 'ms') ?? 5000,
      resiliency: policy?.retry ?? null,
      timeoutMs: policy?.timeoutMs ?? null,
      daprVersion,
    },
  };
}

/** undefined: empty, absent or not told by the file. */
function textIn(item: Parameters<typeof valueOf>[0]): string | undefined {
  const value = valueOf(item);
  return value.known && value.text !== '' ? value.text : undefined;
}
