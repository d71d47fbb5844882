import * as l10n from '@vscode/l10n';
import type { ClientChoices, ReplayComparison } from '../../shared/replayPage.ts';
import type { ClientStart } from './clientStart.ts';
import type { Comparable } from './comparison.ts';
import type { Summary } from './result.ts';
import { count, messageCount } from '../../shared/counts.ts';

/** Dapr, unless the choices ask for what only a client can do; with the facts that decide, the weightiest first. */
export function recommendation(
  { component, reader }: Comparable,
  { reset, seek, autoCommit }: ClientChoices,
  client: ClientStart,
  dapr: Summary,
): ReplayComparison['recommendation'] {
  const facts: string[] = [];
  const onlyClient: string[] = [];
  if (seek.kind !== 'no')
    onlyClient.push(
      l10n.t(
        'Dapr cannot seek at every start. For once, resetting the group’s offsets while the app is stopped does the same.',
      ),
    );
  if (reset === 'none')
    onlyClient.push(l10n.t('Dapr cannot stop where there is no commit: it falls to oldest or newest.'));
  if (dapr.skipped !== null && dapr.skipped > 0) {
    const without = component.topics.flatMap((topic) => topic.partitions).filter((p) => p.committed === null);
    facts.push(
      without.length > 0 && component.initialOffset === 'newest'
        ? l10n.t(
            '{0} would be missed because of newest, not because of Dapr: oldest before the first start receives them.',
            messageCount(dapr.skipped),
          )
        : l10n.t('{0} would be missed by this component.', messageCount(dapr.skipped)),
    );
  }
  if (client.skipped !== null && client.skipped > 0)
    facts.push(l10n.t('The client as chosen would miss {0}.', count(client.skipped)));
  if (autoCommit)
    facts.push(l10n.t('enable.auto.commit may lose messages at a crash; Dapr commits what was handled only.'));
  const done = [
    ...(reader.topics.some(({ subscription }) => (subscription?.deadLetterTopic?.text ?? '') !== '')
      ? [l10n.t('a dead letter topic')]
      : []),
    ...(reader.topics.some(({ subscription }) => (subscription?.rules.length ?? 0) > 0)
      ? [l10n.t('routing by content')]
      : []),
    ...(reader.topics.some(({ subscription }) => subscription?.bulkSubscribe !== undefined)
      ? [l10n.t('delivery in batches')]
      : []),
  ];
  if (done.length > 0)
    facts.push(l10n.t('These files already use what a client has to write itself: {0}.', done.join(', ')));
  if (onlyClient.length > 0)
    return {
      text: l10n.t('A plain Kafka client, if that is needed at every start; else Dapr.'),
      facts: [...onlyClient, ...facts],
    };
  if (facts.length === 0) facts.push(l10n.t('Both receive the same messages here; with Dapr there is less to write.'));
  return { text: l10n.t('Dapr.'), facts };
}
