import type { Reader } from './bytes.ts';

export interface TopicAssignment {
  topic: string;
  partitions: number[];
}

/** TopicPartitions as the describe messages of consumer and share groups have it: id, name, partitions. */
export function topicPartitions(reader: Reader): TopicAssignment[] {
  return reader.array((r) => {
    r.uuid();
    const assigned = { topic: r.string(), partitions: r.array((p) => p.int32()) };
    r.tags();
    return assigned;
  });
}
