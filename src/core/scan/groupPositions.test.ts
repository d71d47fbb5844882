import { expect, it } from 'vitest';
import type { Group, GroupOffset } from '../kafka/clusterClient.ts';
import { groupPositions } from './groupPositions.ts';

const offset = (topic: string, partition: number, committed: number | null) =>
  ({ topic, partition, committed }) as GroupOffset;

it('tells the commits of each group on the topic, and of whom they are not known', async () => {
  const groups = [
    { group: 'billing', offsets: [offset('orders', 0, 12), offset('orders', 1, null), offset('payments', 0, 3)] },
    { group: 'joined, never committed', offsets: [offset('orders', 0, null)] },
    { group: 'closed', offsets: [], error: 'You may not describe this group.' },
  ] as unknown as Group[];
  const asked: string[] = [];
  const client = {
    groupsOfTopic: (topic: string) => {
      asked.push(topic);
      return Promise.resolve(groups);
    },
  };
  expect(await groupPositions(client, 'orders', new AbortController().signal)).toEqual({
    groups: [{ group: 'billing', offsets: { 0: 12 } }],
    problems: ['Where closed stands is not known: You may not describe this group.'],
  });
  expect(asked).toEqual(['orders']);
});
