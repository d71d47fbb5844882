import { createClusterClient, type ClusterClient } from '../core/kafka/clusterClient.ts';
import { connectCluster } from '../core/kafka/transport/kafkaConnection.ts';
import { connectionFrom } from './connection.ts';
import type { CommandContext } from './command.ts';

/** Connects as the options say, runs `use`, and closes the connection whatever happens. */
export async function withCluster<T>(context: CommandContext, use: (client: ClusterClient) => Promise<T>): Promise<T> {
  const { profile, secrets } = connectionFrom(context.options, context.env);
  const client = createClusterClient(await connectCluster(profile, secrets, { signal: context.signal }));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
