import * as l10n from '@vscode/l10n';

/** Operations of Kafka's ACLs, by its own names. */
export type Operation =
  'Read' | 'Write' | 'Create' | 'Delete' | 'Alter' | 'Describe' | 'DescribeConfigs' | 'AlterConfigs';

/** A right that a request needs (Kafka's documentation, "Operations and Resources on Protocols"). */
export type Right = { operation: Operation } & ({ on: 'topic' | 'group'; name: string } | { on: 'cluster' });

export const onTopic = (operation: Operation, name: string): Right => ({ operation, on: 'topic', name });
export const onGroup = (operation: Operation, name: string): Right => ({ operation, on: 'group', name });
export const onCluster = (operation: Operation): Right => ({ operation, on: 'cluster' });

/** TOPIC_, GROUP_ and CLUSTER_AUTHORIZATION_FAILED: which kind of resource was refused. */
const REFUSED: Record<number, Right['on']> = { 29: 'topic', 30: 'group', 31: 'cluster' };

/** Which of the rights that a request needs an error code says is missing; null: it says something else. */
export function missingRight(code: number, needed: readonly Right[]): string | null {
  const right = needed.find(({ on }) => on === REFUSED[code]);
  switch (right?.on) {
    case 'topic':
      return l10n.t('You lack the right {0} on topic {1}. Ask for an ACL that allows it.', right.operation, right.name);
    case 'group':
      return l10n.t('You lack the right {0} on group {1}. Ask for an ACL that allows it.', right.operation, right.name);
    case 'cluster':
      return l10n.t('You lack the right {0} on the cluster. Ask for an ACL that allows it.', right.operation);
    case undefined:
      return null;
  }
}
