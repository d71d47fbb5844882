/** Dapr's three assignors (CC:common/component/kafka/kafka.go:288-305), and the one Kafka uses for a KIP-848 group. */
export type Assignor = 'range' | 'sticky' | 'roundrobin' | 'uniform';

/** What one of several instances reads. Which of them it is, chance decides: members are ordered by random ids. */
export interface Share {
  /** How many partitions. */
  count: number;
  /** Which; undefined where the assignor only promises an even share. */
  partitions?: { topic: string; partitions: number[] }[];
}

/** How so many instances of an app share the partitions of all topics of a component, the fullest first. */
export function sharesOf(
  assignor: Assignor,
  topics: readonly { topic: string; partitions: readonly number[] }[],
  instances: number,
): Share[] {
  switch (assignor) {
    case 'range':
      return byRange(topics, instances);
    case 'roundrobin':
      return inTurns(topics, instances);
    case 'sticky':
    case 'uniform': {
      const total = topics.reduce((sum, topic) => sum + topic.partitions.length, 0);
      return Array.from({ length: instances }, (_, i) => ({
        count: Math.floor(total / instances) + (i < total % instances ? 1 : 0),
      }));
    }
  }
}

/** Each topic by itself in stretches, the first members get one more: many small topics all go to the first of them. */
function byRange(topics: readonly { topic: string; partitions: readonly number[] }[], instances: number): Share[] {
  return Array.from({ length: instances }, (_, i) =>
    share(
      topics.map(({ topic, partitions }) => {
        const each = Math.floor(partitions.length / instances);
        const more = partitions.length % instances;
        const from = i * each + Math.min(i, more);
        return { topic, partitions: partitions.slice(from, from + each + (i < more ? 1 : 0)) };
      }),
    ),
  );
}

/** All partitions in the order of the text `topic-partition` (P10 before P2), dealt one by one. */
function inTurns(topics: readonly { topic: string; partitions: readonly number[] }[], instances: number): Share[] {
  const all = topics
    .flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })))
    .map((p) => ({ ...p, text: `${p.topic}-${p.partition}` }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  return Array.from({ length: instances }, (_, i) => {
    const mine = all.filter((_, turn) => turn % instances === i);
    return share(
      topics.map(({ topic }) => ({
        topic,
        partitions: mine.flatMap((p) => (p.topic === topic ? [p.partition] : [])).sort((a, b) => a - b),
      })),
    );
  });
}

function share(topics: { topic: string; partitions: number[] }[]): Share {
  const partitions = topics.filter((topic) => topic.partitions.length > 0);
  return { count: partitions.reduce((sum, topic) => sum + topic.partitions.length, 0), partitions };
}
