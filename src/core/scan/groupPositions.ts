import * as l10n from '@vscode/l10n';
import type { ClusterClient } from '../kafka/clusterClient.ts';
import type { GroupsOnTopic } from '../../shared/messagesPage.ts';

/** Where every group stands that has committed on a topic. Groups that could not be asked are told in a sentence. */
export async function groupPositions(
  client: Pick<ClusterClient, 'groupsOfTopic'>,
  topic: string,
  signal: AbortSignal,
): Promise<GroupsOnTopic> {
  const described = await client.groupsOfTopic(topic, { signal });
  const groups = described.flatMap(({ group, offsets }) => {
    const here = offsets.flatMap((o): [number, number][] =>
      o.topic === topic && o.committed !== null ? [[o.partition, o.committed]] : [],
    );
    return here.length === 0 ? [] : [{ group, offsets: Object.fromEntries(here) }];
  });
  const problems = described.flatMap(({ group, error }) =>
    error === undefined ? [] : [l10n.t('Where {0} stands is not known: {1}', group, error)],
  );
  return { groups, problems };
}
