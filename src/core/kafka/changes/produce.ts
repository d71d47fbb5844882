import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterClient } from '../clusterClient.ts';
import { compress, type WritableCodec } from '../records/codecs/compress.ts';
import { encodeBatch } from '../records/encodeBatch.ts';
import type { Header } from '../records/record.ts';
import { preview } from '../values/text.ts';
import { ChangeRefused, type ChangePreview, type Gate } from './gate.ts';
import { partitionOfKey } from './partitioner.ts';
import { partitionCount } from '../../../shared/counts.ts';
import { isoTime } from '../../../shared/isoTime.ts';
import { TopicWriter } from './topicWriter.ts';

/** One message as a person wants it written. */
export interface NewMessage {
  key: Buffer | null;
  /** null: a tombstone. */
  value: Buffer | null;
  /** In this order, repeated names and null values included. */
  headers: readonly Header[];
  /** null: as Kafka's default partitioner chooses. */
  partition: number | null;
  codec: WritableCodec;
  /** ms since the epoch; null: the time of sending. */
  timestamp: number | null;
}

export interface WrittenMessage {
  partition: number;
  offset: number;
  /** ms since the epoch. */
  timestamp: number;
}

/** Characters of a key, value or header that a preview shows. */
const SHOWN = 60;

/**
 * Where a message goes: the chosen partition, the key's, or (without a key) any partition that has a leader.
 * `roll` in [0, 1) picks among those.
 * @throws {ChangeRefused} for a partition that the topic does not have
 */
function targetPartition(
  { key, partition }: Pick<NewMessage, 'key' | 'partition'>,
  topic: { name: string; partitions: readonly { partition: number; leader: number | null }[] },
  roll: number,
): number {
  const count = topic.partitions.length;
  if (partition !== null) {
    if (topic.partitions.some((p) => p.partition === partition)) return partition;
    throw new ChangeRefused(l10n.t('{0} has no partition {1}; it has {2}.', topic.name, partition, count));
  }
  if (key !== null) return partitionOfKey(key, count);
  const led = topic.partitions.filter((p) => p.leader !== null);
  const among = led.length > 0 ? led : topic.partitions;
  return among[Math.floor(roll * among.length)]?.partition ?? 0;
}

/** Exactly what writing a message will do, in words. `partitions`: how many the topic has. */
function produceItems(message: NewMessage, partitions: number): string[] {
  const { key, value, headers, codec, timestamp } = message;
  return [
    partitionItem(message, partitions),
    key === null ? l10n.t('key: none (null)') : l10n.t('key: {0}', shownBytes(key)),
    value === null
      ? l10n.t('value: none (null), a tombstone: in a compacted topic it deletes the key')
      : l10n.t('value: {0}', shownBytes(value)),
    ...headers.map(([name, header]) =>
      l10n.t('header {0}: {1}', name, header === null ? l10n.t('none (null)') : shownBytes(header)),
    ),
    codec === 'none' ? l10n.t('not compressed') : l10n.t('compressed with {0}', codec),
    timestamp === null ? l10n.t('timestamp: the time of sending') : l10n.t('timestamp: {0}', isoTime(timestamp)),
    l10n.t('counts as written when all replicas in sync have it (acks=all)'),
  ];
}

function partitionItem({ key, partition }: NewMessage, partitions: number): string {
  if (partition !== null) return l10n.t('partition {0}, as chosen', partition);
  if (key === null) return l10n.t('any partition that has a leader: there is no key to choose by');
  return l10n.t(
    'partition {0}, which Kafka’s default partitioner chooses for this key (of {1})',
    partitionOfKey(key, partitions),
    partitionCount(partitions),
  );
}

/** `o-1 (3 B)`; bytes that are no text as hex. */
function shownBytes(bytes: Buffer): string {
  if (bytes.length === 0) return l10n.t('empty (0 B)');
  const { text, truncated } = preview(bytes, SHOWN);
  return l10n.t('{0} ({1} B)', truncated ? `${text}…` : text, bytes.length);
}

/** The preview of the gate, and of the page before anybody sends. */
export function producePreview(message: NewMessage, topic: string, cluster: string, partitions: number): ChangePreview {
  return {
    title: l10n.t('Write 1 message to {0} on {1}', topic, cluster),
    items: produceItems(message, partitions),
    subject: topic,
  };
}

/**
 * Writes one message and returns where it is.
 * @throws {ChangeRefused} when the gate or the broker says no: nothing was written. Any other error says that nobody
 * knows whether it was.
 */
export async function produce(
  client: ClusterClient,
  target: { topic: string; cluster: string },
  message: NewMessage,
  gate: Gate,
  { signal = new AbortController().signal }: CallOptions = {},
): Promise<WrittenMessage> {
  const [topic] = await client.topics([target.topic], { signal });
  if (!topic || topic.partitions.length === 0)
    throw new ChangeRefused(topic?.error ?? l10n.t('The topic {0} does not exist.', target.topic));
  const partition = targetPartition(message, topic, Math.random());
  await gate.pass(producePreview(message, target.topic, target.cluster, topic.partitions.length));
  const writer = await TopicWriter.open(client.connection, target.topic, signal);
  const timestamp = message.timestamp ?? Date.now();
  const { key, value, headers, codec } = message;
  const batch = encodeBatch({
    codec,
    compress: (bytes) => compress(codec, bytes),
    records: [{ offset: 0, timestamp, key, value, headers }],
  });
  const result = await writer.append(partition, batch, signal);
  switch (result.kind) {
    case 'written':
      return { partition, offset: result.offset, timestamp: result.timestamp ?? timestamp };
    case 'refused':
      throw new ChangeRefused(l10n.t('P{0} did not take the message: {1}', partition, result.message));
    case 'unknown':
      throw new Error(
        l10n.t(
          'It is not known whether P{0} has the message: {1} Look at its newest messages before you send again.',
          partition,
          result.message,
        ),
      );
  }
}
