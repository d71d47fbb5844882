import { expect, test } from 'vitest';
import type { Group } from '../../core/kafka/clusterClient.ts';
import { groupPartitionNode } from './nodes/groupNodes.ts';
import { branch, type Facts, group, offset, session } from './explorerTree.fixture.ts';

test('groups: type, state, members, and every way an offset can be odd', async () => {
  const facts: Facts = {
    groups: [
      group('shop', {
        type: 'consumer',
        state: 'Stable',
        members: [
          { memberId: 'm1', clientId: 'C1', host: '/10.0.0.1', assignment: [{ topic: 'orders', partitions: [2, 0] }] },
          { memberId: 'm2', clientId: 'C2', host: '/10.0.0.2', assignment: [] },
        ],
        offsets: [offset({ topic: 'orders', partition: 0, committed: 100, lag: 0, gone: 0, ahead: 0 })],
      }),
      group('together', {
        type: 'share',
        state: 'Stable',
        members: ['C2', 'C1'].map((clientId) => ({
          ...{ memberId: `m-${clientId}`, clientId, host: '/10.0.0.3' },
          assignment: [{ topic: 'orders', partitions: [0] }],
        })),
        offsets: [offset({ topic: 'orders', partition: 0, committed: 90, lag: 10, gone: 0, ahead: 0 })],
      }),
      group('legacy', {
        offsets: [
          offset({
            topic: 'old',
            partition: 0,
            committed: 90,
            logStart: 300,
            highWatermark: 420,
            lag: 120,
            gone: 210,
            ahead: 0,
          }),
          offset({ topic: 'remade', partition: 0, committed: 500, highWatermark: 10, lag: 0, gone: 0, ahead: 490 }),
          offset({ topic: 'lost', partition: 3, committed: 5, highWatermark: null, error: 'The topic was deleted.' }),
        ],
      }),
    ],
    componentFiles: { shop: ['components/kafka.yaml', 'deploy/kafka.yaml'] },
    brokerErrors: [{ broker: 2, message: 'Broker 2 did not answer within 10 s. Its groups are missing here.' }],
  };
  expect(await branch(session(facts), 'Consumer groups')).toEqual([
    'Consumer groups | 3',
    '  Broker 2 did not answer within 10 s. | Its groups are missing here.',
    '  shop | running · new protocol (KIP-848) · 2 members · lag 0 · Dapr: components/kafka.yaml, deploy/kafka.yaml',
    '    Members | 2',
    '      C1 | orders P0, P2 · /10.0.0.1',
    '      C2 | idle: no partition assigned · /10.0.0.2',
    '    orders | lag 0',
    '      P0 | committed 100 of 100 · lag 0 · read by C1',
    '  together | running · share group (KIP-932) · 2 members · lag 10 on P0',
    '    Members | 2',
    '      C1 | orders P0 · /10.0.0.3',
    '      C2 | orders P0 · /10.0.0.3',
    '    orders | lag 10 on P0',
    '      P0 | committed 90 of 100 · lag 10 · read by C1, C2',
    '  legacy | nobody reading · lag 120 on P0 · 210 already deleted by Kafka before it read them · P0 ahead of the log · P3 unknown',
    '    Members | nobody reading',
    '    lost | P3 unknown',
    '      P3 | The topic was deleted. · nobody reading',
    '    old | lag 120 on P0 · 210 already deleted by Kafka before it read them',
    '      P0 | committed 90 of 420 · lag 120 · expired: 210 already deleted by Kafka · nobody reading',
    '    remade | lag 0 · P0 ahead of the log',
    '      P0 | committed 500 of 10 · lag 0 · 490 ahead of the end of the log · nobody reading',
  ]);
});

test('a partition that nobody has read yet: who decides where the first reader starts', () => {
  const offsets = [offset({ topic: 'orders', partition: 0 })];
  const groups = [group('plain', { offsets }), group('shared', { type: 'share', offsets })];
  const tooltip = (of: Group) => groupPartitionNode('c1', 'x', of, offsets[0]!).tooltip?.split('\n').at(-1);
  expect(groups.map(tooltip)).toEqual([
    'Where a reader of this group starts here is decided by its own setting (auto.offset.reset).',
    'Where a share group starts is a setting of the group on the brokers (share.auto.offset.reset, latest by default).',
  ]);
});
