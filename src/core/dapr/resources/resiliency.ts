import { parseGoDuration } from '../rules/durationText.ts';
import type { Workspace } from '../workspace.ts';
import { nodeAt, textOf } from '../yaml/nodes.ts';
import type { Document } from './document.ts';

/** What a Resiliency of the workspace does for messages that a component delivers. */
export interface InboundPolicy {
  file: string;
  /** Name of the retry policy; empty: none. */
  retryName: string;
  /** `maxRetries` null: for ever (-1, the default). */
  retry: { maxRetries: number | null; durationMs: number } | null;
  timeoutMs: number | null;
}

/** What stands between `Default` and `RetryPolicy` in the names of policies that apply without a target, nearest first. */
const DEFAULTS = ['PubsubComponentInbound', 'ComponentInbound', 'Component', ''];

/**
 * The policy of the first Resiliency that targets the component's inbound side, else of the default policies of the
 * first that has some; daprd reads only the first document of a file. A component with a target has no defaults.
 */
export function inboundPolicy(component: string, workspace: Workspace): InboundPolicy | undefined {
  const all = workspace.derive(resiliencies);
  const target = ({ root }: Document) => nodeAt(root, 'spec', 'targets', 'components', component);
  for (const document of all) {
    const inbound = nodeAt(target(document), 'inbound');
    if (inbound === undefined) continue;
    const [retry, timeout] = [textOf(nodeAt(inbound, 'retry')), textOf(nodeAt(inbound, 'timeout'))];
    return policyOf(document, retry, timeout);
  }
  if (all.some((document) => target(document) !== undefined)) return undefined;
  for (const document of all) {
    const [retry, timeout] = [defaultName(document, 'retries', 'Retry'), defaultName(document, 'timeouts', 'Timeout')];
    if (retry !== undefined || timeout !== undefined) return policyOf(document, retry, timeout);
  }
  return undefined;
}

/** Whether daprd finds a Resiliency in any file. */
export function hasResiliency(workspace: Workspace): boolean {
  return workspace.derive(resiliencies).length > 0;
}

function resiliencies(workspace: Workspace): Document[] {
  return workspace.paths.flatMap((file) => {
    const [document] = workspace.documents(file);
    return document?.kind === 'Resiliency' && document.resource?.kind === 'other' ? [document] : [];
  });
}

function defaultName({ root }: Document, list: string, word: string): string | undefined {
  const policies = nodeAt(root, 'spec', 'policies', list);
  return DEFAULTS.map((level) => `Default${level}${word}Policy`).find((name) => nodeAt(policies, name) !== undefined);
}

function policyOf({ file, root }: Document, retryName = '', timeoutName = ''): InboundPolicy {
  const policies = nodeAt(root, 'spec', 'policies');
  const retry = nodeAt(policies, 'retries', retryName);
  const retries = Number(textOf(nodeAt(retry, 'maxRetries')) ?? -1);
  const timeout = textOf(nodeAt(policies, 'timeouts', timeoutName));
  return {
    file,
    retryName,
    retry:
      (retry && {
        maxRetries: retries >= 0 ? retries : null,
        durationMs: parseGoDuration(textOf(nodeAt(retry, 'duration')) ?? '5s') ?? 5000,
      }) ||
      null,
    timeoutMs: (timeout === undefined ? undefined : parseGoDuration(timeout)) ?? null,
  };
}
