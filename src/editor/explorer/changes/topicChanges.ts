import * as l10n from '@vscode/l10n';
import type { ChangeTools } from './runChange.ts';
import { ask } from './ask.ts';
import { showOutcome } from './runChange.ts';
import { count, partitionCount } from '../../../shared/counts.ts';

export async function addPartitions({ engine, client, gate }: ChangeTools, name: string): Promise<void> {
  const [topic] = await client.topics([name]);
  if (topic?.error !== undefined) throw new Error(topic.error);
  const partitions = topic?.partitions.length ?? 0;
  const count = await ask({
    title: l10n.t('Add partitions to {0}', name),
    prompt: l10n.t('It has {0} now. How many shall it have?', partitionCount(partitions)),
    value: String(partitions + 1),
    validateInput: (text) =>
      Number.isInteger(Number(text)) && Number(text) > partitions
        ? undefined
        : l10n.t('Enter a whole number above {0}: partitions cannot be taken away.', partitions),
  });
  if (count === undefined) return;
  const change = { name, partitions, count: Number(count) };
  const result = await engine.addPartitions(client, change, gate);
  showOutcome(l10n.t('{0} has {1} now.', name, partitionCount(Number(count))), result);
}

export async function deleteTopics({ engine, client, gate }: ChangeTools, names: readonly string[]): Promise<void> {
  const topics = await client.offsets(await client.topics(names));
  const result = await engine.deleteTopics(client, topics, gate);
  showOutcome(l10n.t('Deleted: {0}', names.join(', ')), result);
}

/** Up to an offset in one partition, or everything that is there now. */
export async function deleteRecords(
  { engine, client, gate }: ChangeTools,
  name: string,
  partition: number | undefined,
): Promise<void> {
  const [topic] = await client.offsets(await client.topics([name]));
  if (!topic) return;
  if (topic.error !== undefined) throw new Error(topic.error);
  const ends = new Map<number, number>();
  for (const p of topic.partitions)
    if (p.highWatermark !== null && (partition === undefined || p.partition === partition))
      ends.set(p.partition, p.highWatermark);
  if (partition !== undefined) {
    const end = ends.get(partition);
    const start = topic.partitions.find((p) => p.partition === partition)?.logStart ?? 0;
    if (end === undefined) throw new Error(l10n.t('The offsets of P{0} are not known at the moment.', partition));
    const before = await ask({
      title: l10n.t('Delete records of {0} P{1}', name, partition),
      prompt: l10n.t('Everything below this offset is deleted for every reader and cannot be brought back.'),
      value: String(end),
      validateInput: (text) =>
        Number.isInteger(Number(text)) && Number(text) > start && Number(text) <= end
          ? undefined
          : l10n.t('Enter an offset above {0} and up to {1}.', start, end),
    });
    if (before === undefined) return;
    ends.set(partition, Number(before));
  }
  // What Kafka does not tell the end of is not asked to be deleted, and must not be said to be.
  const left = topic.partitions
    .filter((p) => p.highWatermark === null && (partition === undefined || p.partition === partition))
    .map((p) => ({ name: `P${p.partition}`, message: p.error ?? l10n.t('not known') }));
  if (ends.size === 0) return showOutcome('', { done: [], failed: left });
  const { done: deleted, failed } = await engine.deleteRecords(client, topic, ends, gate);
  const result = { done: deleted, failed: [...failed, ...left] };
  const done =
    partition === undefined
      ? l10n.t('The records of {0} were deleted.', name)
      : l10n.t('{0} P{1}: everything below offset {2} was deleted.', name, partition, count(ends.get(partition) ?? 0));
  showOutcome(done, result);
}
