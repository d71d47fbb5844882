import type { CallOptions } from '../clusterClient.ts';
import { describeLogDirsMessage } from '../protocol/describeLogDirs.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { onCluster } from '../protocol/rights.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { KafkaError } from '../transport/kafkaError.ts';

/** A folder in which a broker keeps logs. Sizes in bytes. */
export interface LogDirectory {
  path: string;
  partitions: { topic: string; partition: number; bytes: number }[];
  /** Of the volume; null where the broker is too old to say. */
  total: number | null;
  usable: number | null;
  error?: string;
}

/** Log folders of one broker with the size of each partition in them. */
export async function logDirectories(
  connection: KafkaConnection,
  brokerId: number,
  options: CallOptions = {},
): Promise<LogDirectory[]> {
  const broker = await connection.broker(brokerId);
  const { errorCode, directories } = await broker.request(describeLogDirsMessage, null, options);
  if (errorCode !== 0)
    throw new KafkaError('kafka', kafkaErrorSentence(errorCode, [onCluster('Describe')]), { code: errorCode });
  return directories.map(({ errorCode: code, ...directory }) =>
    code === 0 ? directory : { ...directory, error: kafkaErrorSentence(code) },
  );
}
