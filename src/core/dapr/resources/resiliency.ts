import { parseGoDuration } from '../rules/durationText.ts';
import type { Workspace } from '../workspace.ts';
import { nodeAt, textOf } from '../yaml/nodes.ts';

/** What a Resiliency of the workspace does for messages that a component delivers. */
export interface InboundPolicy {
  file: string;
  /** `maxRetries` null: for ever (-1, the default). */
  retry: { maxRetries: number | null; durationMs: number } | null;
  timeoutMs: number | null;
}

/** The first Resiliency that targets the component's inbound side; daprd reads only the first document of a file. */
export function inboundPolicy(component: string, workspace: Workspace): InboundPolicy | undefined {
  for (const file of workspace.paths) {
    const [document] = workspace.documents(file);
    if (document?.kind !== 'Resiliency' || document.resource?.kind !== 'other') continue;
    const inbound = nodeAt(document.root, 'spec', 'targets', 'components', component, 'inbound');
    if (inbound === undefined) continue;
    const policies = nodeAt(document.root, 'spec', 'policies');
    const retry = nodeAt(policies, 'retries', textOf(nodeAt(inbound, 'retry')) ?? '');
    const retries = Number(textOf(nodeAt(retry, 'maxRetries')) ?? -1);
    const timeout = textOf(nodeAt(policies, 'timeouts', textOf(nodeAt(inbound, 'timeout')) ?? ''));
    return {
      file,
      retry:
        (retry && {
          maxRetries: retries >= 0 ? retries : null,
          durationMs: parseGoDuration(textOf(nodeAt(retry, 'duration')) ?? '5s') ?? 5000,
        }) ||
        null,
      timeoutMs: (timeout === undefined ? undefined : parseGoDuration(timeout)) ?? null,
    };
  }
  return undefined;
}
