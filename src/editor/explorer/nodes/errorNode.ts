import type { ExplorerNode } from './node.ts';

/**
 * What failed, as a row in the place of what is missing: the cause as its label, the next step beside it. `canConnect`
 * failures offer the connection's own actions (check, edit) besides trying again.
 */
export function errorNode(parentId: string, clusterId: string, message: string, context = 'error'): ExplorerNode {
  const end = /[.!?](?=\s)/.exec(message);
  const cause = end ? message.slice(0, end.index + 1) : message;
  const step = message.slice(cause.length).trim();
  return {
    id: `${parentId}/error`,
    context,
    label: cause,
    ...(step === '' ? {} : { description: step }),
    tooltip: message,
    spoken: message,
    icon: { codicon: 'error', colour: 'list.errorForeground' },
    copy: message,
    clusterId,
  };
}
