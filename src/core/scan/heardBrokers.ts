import type { BrokerConnection, KafkaConnection } from '../kafka/transport/connection.ts';
import type { BrokersHeard } from '../../shared/messagesPage.ts';

/** Which brokers were asked something over a connection, and which of them have answered so far. */
export class HeardBrokers {
  private readonly asked = new Set<number>();
  private readonly answered = new Set<number>();

  get heard(): BrokersHeard {
    const ids = [...this.asked].sort((a, b) => a - b);
    return { answered: ids.filter((id) => this.answered.has(id)), waiting: ids.filter((id) => !this.answered.has(id)) };
  }

  /** The same connection, listened to until every broker has answered once. */
  over(connection: KafkaConnection): KafkaConnection {
    const broker = async (id: number): Promise<BrokerConnection> => {
      this.asked.add(id);
      const node = await connection.broker(id);
      return this.answered.has(id) ? node : this.listening(id, node);
    };
    return {
      brokers: () => connection.brokers(),
      broker,
      anyBroker: () => connection.anyBroker(),
      refresh: () => connection.refresh(),
      close: () => connection.close(),
    };
  }

  private listening(id: number, node: BrokerConnection): BrokerConnection {
    return {
      nodeId: node.nodeId,
      versions: node.versions,
      request: async (message, body, options) => {
        const response = await node.request(message, body, options);
        this.answered.add(id);
        return response;
      },
    };
  }
}
