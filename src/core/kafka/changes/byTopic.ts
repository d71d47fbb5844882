/** Items grouped as Kafka's messages want them: topics, each with its partitions. */
export function byTopic<T extends { topic: string }, P>(
  items: readonly T[],
  partition: (item: T) => P,
): { topic: string; partitions: P[] }[] {
  const topics = new Map<string, P[]>();
  for (const item of items) topics.set(item.topic, [...(topics.get(item.topic) ?? []), partition(item)]);
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
}
