import { createClusterClient, type ClusterClient } from '../core/kafka/clusterClient.ts';
import { connectCluster } from '../core/kafka/transport/kafkaConnection.ts';
import { connectionFrom } from './connection.ts';
import type { CommandContext } from './command.ts';

/**
 * Connects as the options say, runs `use`, and closes the connection whatever happens. `use` also gets what the
 * options said, for what is reached beside the brokers.
 */
export async function withCluster<T>(
  context: CommandContext,
  use: (client: ClusterClient, connection: ReturnType<typeof connectionFrom>) => Promise<T>,
): Promise<T> {
  const connection = connectionFrom(context.options, context.env);
  const { profile, secrets } = connection;
  const client = createClusterClient(await connectCluster(profile, secrets, { signal: context.signal }));
  try {
    return await use(client, connection);
  } finally {
    await client.close();
  }
}
