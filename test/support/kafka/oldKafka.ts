import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDir } from '../cache.ts';
import { BrokerProcess } from './brokerProcess.ts';
import { fetchJars, missingForJava } from './javaRuntime.ts';
import { JVM_FLAGS, loggingFlags, type Log } from './runtime.ts';
import { freePorts } from './startKafka.ts';

/** The last line before 3.0. */
export const OLD_VERSION = '2.8.2';
const SOURCE = fileURLToPath(new URL('./java/old/OldBroker.java', import.meta.url));

/**
 * One plain broker of Kafka 2.8 with its ZooKeeper, usable when this returns. Newer Java clients know it, the classes of
 * java/lab do not compile against it. Throws with what is missing on this machine.
 */
export async function startOldKafka(log: Log = () => undefined): Promise<{ bootstrap: string; stop(): Promise<void> }> {
  const missing = await missingForJava(OLD_VERSION);
  if (missing.length > 0) throw new Error(`Kafka ${OLD_VERSION} cannot be started here: ${missing.join('; ')}`);
  const cache = cacheDir('kafka', OLD_VERSION);
  fs.mkdirSync(cache, { recursive: true });
  const jars = await fetchJars(OLD_VERSION, cache, log);
  const [ports] = await freePorts(1, [], { zooKeeper: true });
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kafka-old-'));
  const removeDir = () => fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  const settings = {
    'broker.id': 1,
    'zookeeper.connect': `127.0.0.1:${ports!.zookeeper}`,
    listeners: `PLAINTEXT://127.0.0.1:${ports!.plaintext}`,
    'log.dirs': path.join(dir, 'data'),
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'log.retention.ms': -1, // or records with made-up times would be deleted
    'log.cleaner.dedupe.buffer.size': 4_194_304,
    'log.cleaner.io.buffer.size': 65_536,
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
  fs.writeFileSync(path.join(dir, 'server.properties'), lines.join(''));
  const flags = [...JVM_FLAGS, '-Xmx512m', ...loggingFlags(path.join(dir, 'kafka.log'))];
  const process = new BrokerProcess({}, dir, ['java', ...flags, '-cp', jars.join(path.delimiter), SOURCE, dir]);
  const stop = async () => {
    await process.stop();
    removeDir();
  };
  try {
    await process.ready();
  } catch (error) {
    await stop();
    throw error;
  }
  return { bootstrap: `127.0.0.1:${ports!.plaintext}`, stop };
}
