import type { KafkaTool } from '../kafka/tool.ts';

/** ms of the first record. */
export const T0 = Date.UTC(2026, 0, 1);

/** A topic of two partitions with records of every kind a command prints, and a group that committed 1 on P1 only. */
export async function seedTopic(tool: KafkaTool, topic: string, group: string): Promise<void> {
  await tool.create(topic, 2);
  await tool.produce(topic, [
    {
      partition: 0,
      timestamp: T0,
      key: 'k0',
      value: '{"amount":1}',
      headers: [
        ['h', 'x'],
        ['h', null],
      ],
    },
    { partition: 0, timestamp: T0 + 2000, key: null, value: '{"amount":200}' },
    { partition: 1, timestamp: T0 + 1000, key: '', value: null },
    { partition: 1, timestamp: T0 + 3000, key: 'k3', value: { base64: '/wA=' } },
    { partition: 1, timestamp: T0 + 4000, key: 'k4', value: 'not json' },
  ]);
  await tool.commit(group, topic, { 1: 1 });
}
