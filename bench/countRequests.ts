import type { BrokerConnection, KafkaConnection } from '../src/core/kafka/transport/connection.ts';

export interface RequestCount {
  requests: number;
  /** Times that everything asked was answered: what a distant broker would cost. */
  roundTrips: number;
}

/** Counts what is asked from now on. */
export function countRequests(connection: KafkaConnection): RequestCount {
  const count: RequestCount = { requests: 0, roundTrips: 0 };
  let onTheWay = 0;
  const counting = (broker: BrokerConnection): BrokerConnection => ({
    nodeId: broker.nodeId,
    versions: broker.versions,
    async request(message, body, options) {
      count.requests++;
      onTheWay++;
      return await broker.request(message, body, options).finally(() => {
        if (--onTheWay === 0) count.roundTrips++;
      });
    },
  });
  const [broker, anyBroker] = [connection.broker.bind(connection), connection.anyBroker.bind(connection)];
  connection.broker = async (id) => counting(await broker(id));
  connection.anyBroker = async () => counting(await anyBroker());
  return count;
}
