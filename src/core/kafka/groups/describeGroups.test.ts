import { describe, expect, it } from 'vitest';
import type { GroupCommits } from '../protocol/offsetFetch.ts';
import type { BrokerConnection, KafkaConnection, WireMessage } from '../transport/connection.ts';
import { describeGroups } from './describeGroups.ts';

const KEYS = { listGroups: 16, describeGroups: 15, offsetFetch: 9 };

interface BrokerState {
  /** Error of ListGroups and DescribeGroups, one for each time it is asked; then 0. */
  list?: number[];
  describe?: number[];
  groups: string[];
}

/** Brokers that coordinate classic groups without members; the order of what they are asked is kept in `asked`. */
function brokersOf(states: Record<number, BrokerState>, asked: string[]): KafkaConnection {
  const answer = (id: number, { apiKey }: { apiKey: number }, body: { groups?: string[] }): unknown => {
    const state = states[id]!;
    if (apiKey === KEYS.listGroups) {
      const errorCode = state.list?.shift() ?? 0;
      asked.push(`list ${id}`);
      const groups = state.groups.map((group) => ({
        group,
        protocolType: 'consumer',
        state: 'Empty',
        type: 'classic',
      }));
      return { errorCode, groups: errorCode === 0 ? groups : [] };
    }
    if (apiKey === KEYS.describeGroups) {
      const errorCode = state.describe?.shift() ?? 0;
      asked.push(`describe ${id}`);
      return {
        groups: body.groups!.map((group) => ({
          ...{ group, errorCode, errorMessage: null, state: 'Empty', protocolType: 'consumer' },
          ...{ protocol: '', members: [] },
        })),
      };
    }
    const groups = body.groups!.map((group): GroupCommits => ({ group, errorCode: 0, topics: [] }));
    return { groups };
  };
  return {
    brokers: () => Object.keys(states).map((id) => ({ id: Number(id), host: 'b', port: 1 })),
    broker: (id) =>
      Promise.resolve<BrokerConnection>({
        nodeId: id,
        versions: new Map([[KEYS.offsetFetch, { min: 8, max: 9 }]]),
        request: <A, B>(message: WireMessage<A, B>, body: A) =>
          Promise.resolve(answer(id, message, body as { groups?: string[] }) as B),
      }),
    anyBroker: () => Promise.reject(new Error('no topic is asked for')),
    refresh: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

describe('groups whose coordinator is on the move', () => {
  it('are looked for again, at the broker that has them now', async () => {
    const asked: string[] = [];
    const states: Record<number, BrokerState> = { 1: { groups: ['shop'], describe: [16] }, 2: { groups: [] } };
    const connection = brokersOf(states, asked);
    connection.refresh = () => {
      // Between the two listings the group goes to broker 2.
      if (asked.includes('describe 1')) [states[1]!.groups, states[2]!.groups] = [[], ['shop']];
      return Promise.resolve();
    };
    const [shop] = await describeGroups(connection, ['shop'], {});
    expect(shop).toMatchObject({ group: 'shop', state: 'Empty', coordinator: 2 });
    expect(shop).not.toHaveProperty('error');
    expect(asked).toEqual(['list 1', 'list 2', 'describe 1', 'list 1', 'list 2', 'describe 2']);
  });

  it('are listed once their coordinator has loaded them', async () => {
    const asked: string[] = [];
    const [shop] = await describeGroups(brokersOf({ 1: { groups: ['shop'], list: [14, 14] } }, asked), ['shop'], {});
    expect(shop).toMatchObject({ group: 'shop', coordinator: 1 });
    expect(shop).not.toHaveProperty('error');
    expect(asked).toEqual(['list 1', 'list 1', 'list 1', 'describe 1']);
  });

  it('say what is wrong when it does not pass, or when asking again would not help', async () => {
    const always = Array.from({ length: 9 }, () => 14);
    const [loading] = await describeGroups(brokersOf({ 1: { groups: ['shop'], describe: always } }, []), ['shop'], {});
    expect(loading?.error).toBe('The group coordinator is still loading. Try again in a moment.');
    const asked: string[] = [];
    const [down] = await describeGroups(brokersOf({ 1: { groups: ['shop'], describe: [15] } }, asked), ['shop'], {});
    expect(down?.error).toMatch(/^The group coordinator is not available/);
    expect(asked).toEqual(['list 1', 'describe 1']);
  });

  it('are given up at once when nobody waits any more', async () => {
    const stop = new AbortController();
    const asked: string[] = [];
    const states = { 1: { groups: ['shop'], list: Array.from({ length: 9 }, () => 14) } };
    const listing = describeGroups(brokersOf(states, asked), ['shop'], { signal: stop.signal });
    stop.abort(new Error('closed'));
    await expect(listing).rejects.toThrow('closed');
    expect(asked).toEqual(['list 1']);
  });
});
