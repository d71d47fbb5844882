import * as l10n from '@vscode/l10n';
import type { ClusterSession } from '../clusterSession.ts';
import { bytesText, formatCount } from './node.ts';

/** What one copy of a topic takes on disk, for its row; undefined while or where it is not known. */
export function sizeText(session: ClusterSession, topic: string): string | undefined {
  const leaders = session.sizes.value?.get(topic)?.leaders;
  return leaders === undefined || leaders === null ? undefined : bytesText(leaders);
}

/** The same in full: with and without replicas, or why that is not known. Undefined before it was asked for. */
export function diskText(session: ClusterSession, topic: string): string | undefined {
  const { value, error } = session.sizes;
  const size = value?.get(topic);
  const reason = size?.error ?? error ?? '';
  if (size && size.leaders !== null) {
    const leaders = exactBytes(size.leaders);
    return size.replicas === null
      ? l10n.t('On disk: {0}; with all replicas unknown. {1}', leaders, reason)
      : l10n.t('On disk: {0}; with all replicas {1}.', leaders, exactBytes(size.replicas));
  }
  return reason === '' ? undefined : l10n.t('On disk: unknown. {0}', reason);
}

const exactBytes = (bytes: number): string =>
  bytes < 1024 ? bytesText(bytes) : l10n.t('{0} ({1} bytes)', bytesText(bytes), formatCount(bytes));
