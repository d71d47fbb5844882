import type { Admin } from 'kafkajs';
import type { KafkaConnection } from './connection.ts';
import { KafkaError } from './kafkaError.ts';
import { newAdmin } from './kafkajs.ts';
import type { KafkajsConnection } from './kafkaConnection.ts';

/** kafkajs's admin on the sockets of a connection, for creating topics and partitions, and deleting topics. */
export type TopicAdmin = Pick<Admin, 'createTopics' | 'createPartitions' | 'deleteTopics'>;

export function topicAdmin(connection: KafkaConnection): TopicAdmin {
  const { cluster, logger } = kafkajsBelow(connection);
  return newAdmin(cluster, logger);
}

export function kafkajsBelow(connection: KafkaConnection): KafkajsConnection {
  if ('cluster' in connection && 'logger' in connection) return connection as KafkajsConnection;
  throw new KafkaError('kafka', 'This connection was not made by connectCluster.');
}
