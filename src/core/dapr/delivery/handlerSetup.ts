import type { Component } from '../resources/component.ts';
import { inboundPolicy, type InboundPolicy } from '../resources/resiliency.ts';
import type { Subscription } from '../resources/subscription.ts';
import type { Workspace } from '../workspace.ts';
import type { HandlerSetup } from './handlerOutcome.ts';
import { retryOf } from './retry.ts';

/** What surrounds the handler of a Subscription, from the files; a value that they do not tell counts as its default. */
export function handlerSetup(
  subscription: Subscription,
  component: Component,
  workspace: Workspace,
  daprVersion: string,
): { setup: HandlerSetup; policy: InboundPolicy | undefined } {
  const policy = inboundPolicy(component.name, workspace);
  const retry = retryOf(component);
  return {
    policy,
    setup: {
      deadLetterTopic: (subscription.deadLetterTopic?.text ?? '') !== '',
      ...retry,
      resiliency: policy?.retry ?? null,
      timeoutMs: policy?.timeoutMs ?? null,
      daprVersion,
    },
  };
}

/** A message that fails is tried again without end, so that its partition waits behind it. */
export function keepsTrying(component: Component): boolean {
  const { retryEnabled, maxRetries, maxElapsedMs } = retryOf(component);
  return retryEnabled && maxRetries === null && (maxElapsedMs ?? null) === null;
}
