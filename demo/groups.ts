import type { KafkaTool, MemberSpec } from '../test/support/kafka/tool.ts';
import { ORDERS, ORDERS_API_ON_P2 } from './orders.ts';
import { PAYMENTS } from './topics.ts';

/** Where groups stand, as if they had read before. */
export async function commitPositions(tool: KafkaTool): Promise<void> {
  const ends = { ...ORDERS };
  for (const group of ['A', 'B', 'shop']) await tool.commit(group, 'orders', ends);
  // Behind by 8,230 on two partitions; nothing committed on the third.
  await tool.commit('billing', 'orders', { 0: 40, 2: 103 });
  await tool.commit('billing', 'payments', { 0: PAYMENTS });
  // These run as Dapr apps, which are down.
  await tool.commit('orders-api', 'orders', { 2: ORDERS_API_ON_P2 });
  await tool.commit('pay', 'payments', { 0: PAYMENTS });
  // Stopped long ago: 210 of the invoices it had not read are deleted by now.
  await tool.commit('legacy', 'invoices', { 0: 100 });
}

const FAST = { 'heartbeat.interval.ms': '300' };
/** In turns: the first of two members gets P0 and P2, the second P1. */
const ROUND_ROBIN = {
  ...FAST,
  'partition.assignment.strategy': 'org.apache.kafka.clients.consumer.RoundRobinAssignor',
};
const RANGE = { ...FAST, 'partition.assignment.strategy': 'org.apache.kafka.clients.consumer.RangeAssignor' };
/** Holds its partitions and never reads, as a consumer does that hangs in its handler. */
const HANGING = { read: 'false' };

const orders = { topics: ['orders'] };

/** The classic picture (A shares the partitions, B has them all), and what else a cluster has. */
const MEMBERS: readonly MemberSpec[] = [
  { kind: 'classic', group: 'A', clientId: 'C1', ...orders, settings: ROUND_ROBIN },
  { kind: 'classic', group: 'A', clientId: 'C2', ...orders, settings: ROUND_ROBIN },
  { kind: 'classic', group: 'B', clientId: 'C3', ...orders, settings: RANGE },
  { kind: 'consumer', group: 'shop', clientId: 'shop-1', ...orders },
  { kind: 'consumer', group: 'shop', clientId: 'shop-2', ...orders },
  {
    kind: 'classic',
    group: 'billing',
    clientId: 'app1',
    topics: ['orders', 'payments'],
    settings: { ...RANGE, ...HANGING },
  },
  {
    kind: 'classic',
    group: 'billing',
    clientId: 'app2',
    topics: ['orders', 'payments'],
    settings: { ...RANGE, ...HANGING },
  },
  { kind: 'classic', group: 'audit-watch', clientId: 'watch', topics: ['audit'], settings: { ...RANGE, ...HANGING } },
];

/** Starts all members at once; returns when each group has shared its partitions among all of its members. */
export async function startMembers(tool: KafkaTool): Promise<void> {
  for (const member of MEMBERS) await tool.startMember(member);
  const deadline = Date.now() + 60_000;
  for (const group of new Set(MEMBERS.map((m) => m.group))) {
    const clients = MEMBERS.filter((m) => m.group === group).map((m) => m.clientId);
    for (;;) {
      const held = await tool.assignment(group);
      const all = Object.values(held).flat();
      if (clients.every((id) => (held[id]?.length ?? 0) > 0) && new Set(all).size === all.length) break;
      if (Date.now() > deadline) throw new Error(`group ${group} of the demo did not settle: ${JSON.stringify(held)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
