import * as l10n from '@vscode/l10n';
import type { CallOptions, GroupOffset, GroupType } from '../clusterClient.ts';
import { deleteShareGroupOffsetsMessage } from '../protocol/deleteShareGroupOffsets.ts';
import { offsetDeleteMessage } from '../protocol/offsetDelete.ts';
import { onGroup, onTopic, type Right } from '../protocol/rights.ts';
import type { BrokerConnection } from '../transport/connection.ts';
import { byTopic } from './byTopic.ts';

export interface Place {
  topic: string;
  partition: number;
}

/** Error code of each place; a sentence where nothing was asked for. */
export type Forgotten = (Place & { answer: number | string })[];

/**
 * Deletes where an empty group stands, so that it never committed there. `stands`: all that it has. A share group forgets
 * topics as a whole: one of which it would lose more is left alone.
 */
export async function forgetOffsets(
  coordinator: BrokerConnection,
  { group, type }: { group: string; type: GroupType },
  places: readonly Place[],
  stands: readonly GroupOffset[],
  options: CallOptions,
): Promise<Forgotten> {
  const topics = byTopic(places, ({ partition }) => partition);
  if (type === 'share') return forgetTopics(coordinator, group, topics, stands, options);
  const answer = await coordinator.request(offsetDeleteMessage, { group, topics }, options);
  if (answer.errorCode !== 0) return all(topics, () => answer.errorCode);
  return answer.topics.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, errorCode }) => ({ topic, partition, answer: errorCode })),
  );
}

type Topics = readonly { topic: string; partitions: number[] }[];

async function forgetTopics(
  coordinator: BrokerConnection,
  group: string,
  topics: Topics,
  stands: readonly GroupOffset[],
  options: CallOptions,
): Promise<Forgotten> {
  const others = ({ topic, partitions }: Topics[number]) =>
    stands.filter((o) => o.topic === topic && o.committed !== null && !partitions.includes(o.partition));
  const whole = topics.filter((topic) => others(topic).length === 0);
  const rest = topics.filter((topic) => !whole.includes(topic));
  const kept = rest.flatMap((topic) => {
    const where = others(topic).map((o) => `P${o.partition}`);
    return all([topic], () =>
      l10n.t('A share group forgets a topic as a whole only, and it stands on {0}, too.', where.join(', ')),
    );
  });
  if (whole.length === 0) return kept;
  const body = { group, topics: whole.map(({ topic }) => topic) };
  const { errorCode, topics: answered } = await coordinator.request(deleteShareGroupOffsetsMessage, body, options);
  const codes = new Map(answered.map((t) => [t.topic, t.errorCode]));
  return [...all(whole, (topic) => (errorCode === 0 ? (codes.get(topic) ?? notAnswered()) : errorCode)), ...kept];
}

const all = (topics: Topics, answer: (topic: string) => number | string): Forgotten =>
  topics.flatMap(({ topic, partitions }) =>
    partitions.map((partition) => ({ topic, partition, answer: answer(topic) })),
  );

/** What it takes to forget where a group stands on a topic. */
export const rightsToForget = (group: string, topic: string): Right[] => [
  onGroup('Delete', group),
  onTopic('Read', topic),
];

/** A function, since the language is known only later. */
export const notAnswered = (): string => l10n.t('The broker did not answer for it.');
