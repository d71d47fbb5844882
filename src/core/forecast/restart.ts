import * as l10n from '@vscode/l10n';
import type { Reader } from '../dapr/delivery/readers.ts';
import { batchOf } from './bulk.ts';
import type { GroupFacts } from './facts.ts';

/**
 * What a restart while the group is read may hand over twice, in a sentence; undefined: nobody reads, so what was
 * acknowledged is committed. daprd commits once a second and at the end of a session: a stop in order finishes the
 * message in hand and commits it, a crash loses both (scenario d5-kill9-within-1s).
 */
export function restartNote(reader: Reader, group: GroupFacts | undefined): string | undefined {
  const topics = new Set(reader.topics.map((topic) => topic.brokerTopic));
  const held = (group?.members ?? [])
    .flatMap((member) => member.assignment)
    .filter((assigned) => topics.has(assigned.topic))
    .reduce((sum, assigned) => sum + assigned.partitions.length, 0);
  if (held === 0) return undefined;
  const batch = Math.max(...reader.topics.map(({ subscription }) => batchOf(subscription)));
  return batch === 1
    ? l10n.t(
        'A restart in order repeats nothing: the message in hand is finished and committed. After a crash up to {0} messages in hand (one for each partition that is read) come again, and what was acknowledged in the last second.',
        held,
      )
    : l10n.t(
        'A restart in order repeats nothing: the batch in hand is finished and committed. After a crash a batch of up to {0} messages comes again, and what was acknowledged in the last second.',
        batch,
      );
}
