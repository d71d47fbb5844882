import { describe, expect, it } from 'vitest';
import type { BrokerConnection, KafkaConnection } from '../transport/connection.ts';
import { KafkaError } from '../transport/kafkaError.ts';
import { untilTold } from './untilTold.ts';

/** Brokers that tell at the given look; null: one that cannot be reached. */
function cluster(...tellsAt: (number | null)[]) {
  const asked = tellsAt.map(() => 0);
  const connection = {
    brokers: () => tellsAt.map((_, id) => ({ id, host: 'h', port: 1 })),
    broker: (id: number) =>
      tellsAt[id] === null
        ? Promise.reject(new KafkaError('closed', 'gone'))
        : Promise.resolve({ nodeId: id } as BrokerConnection),
  } as unknown as KafkaConnection;
  const told = ({ nodeId }: BrokerConnection) => Promise.resolve(++asked[nodeId]! >= (tellsAt[nodeId] ?? 0));
  return { asked, client: { connection }, told };
}

describe('a change that the controller has written', () => {
  it('is waited for at every broker, each asked until it tells', async () => {
    const { asked, client, told } = cluster(1, 3, 2);
    await untilTold(client, told, {});
    expect(asked).toEqual([1, 3, 2]);
  });

  it('is not waited for at a broker that cannot be reached', async () => {
    const { asked, client, told } = cluster(2, null);
    await untilTold(client, told, {});
    expect(asked).toEqual([2, 0]);
  });

  it('is waited for no longer than a person cares', async () => {
    const person = new AbortController();
    const { asked, client, told } = cluster(Infinity);
    const stopped = untilTold(
      client,
      (broker) => {
        if (asked[0] === 2) person.abort(new Error('enough'));
        return told(broker);
      },
      { signal: person.signal },
    );
    await expect(stopped).rejects.toThrow('enough');
    expect(asked).toEqual([3]);
  });
});
