import type { Kafka, Producer } from 'kafkajs';

/** ms since the epoch: the time of message 0. */
export const START = Date.UTC(2026, 0, 5, 10, 0, 0);

/** A topic of three partitions whose times are woven into each other. */
export interface WovenTopic {
  producer: Producer;
  /** Message n is `m-n`, n minutes after {@link START}. */
  produce(partition: number, numbers: readonly number[]): Promise<unknown>;
}

/** Makes it, with messages 0 to 299 in turn in its partitions. The producer is the caller's to disconnect. */
export async function weaveTopic(kafka: Kafka, topic: string): Promise<WovenTopic> {
  const producer = kafka.producer();
  const admin = kafka.admin();
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true });
  await admin.disconnect();
  const produce = (partition: number, numbers: readonly number[]) =>
    producer.send({
      topic,
      messages: numbers.map((n) => ({ partition, value: `m-${n}`, timestamp: String(START + n * 60_000) })),
    });
  for (const partition of [0, 1, 2])
    await produce(
      partition,
      Array.from({ length: 100 }, (_, i) => 3 * i + partition),
    );
  return { producer, produce };
}
