import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openTool } from '../test/support/kafka/tool.ts';
import type { KafkaLab, StartOptions } from '../test/support/kafka/startKafka.ts';
import { useKafka } from '../test/support/kafka/useKafka.ts';
import type { Log } from '../test/support/kafka/runtime.ts';
import { commitPositions, startMembers } from './groups.ts';
import { fillTopics } from './topics.ts';

export interface Demo {
  /** `host:port` of the cluster, plaintext. */
  bootstrap: string;
  /** A copy of demo/workspace whose component files name that address. */
  workspace: string;
  /** Members leave their groups, the cluster ends, and the workspace is removed. */
  stop(): Promise<void>;
}

export interface DemoOptions {
  log?: Log;
  signal?: AbortSignal;
  /** Where the cluster comes from; default: `KAFKA_BOOTSTRAP`, else one of its own. */
  start?: (options: StartOptions) => Promise<KafkaLab>;
}

/** The address that the workspace's files have in the repository. */
const WRITTEN_ADDRESS = 'localhost:9092';

/** A Kafka with data and live groups, and a workspace of Dapr files that fit it. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { log = () => undefined, signal } = options;
  const kafka = await (options.start ?? useKafka)({ ...options, listeners: ['plaintext'] });
  const tool = openTool(kafka);
  let workspace: string | undefined;
  const stop = async () => {
    await tool.close();
    await kafka.stop();
    if (workspace !== undefined) await fs.rm(workspace, { recursive: true, force: true });
  };
  try {
    log('filling topics …');
    await fillTopics(tool, Date.now());
    signal?.throwIfAborted();
    log('starting consumer groups …');
    await commitPositions(tool);
    await startMembers(tool);
    signal?.throwIfAborted();
    workspace = await copyWorkspace(kafka.bootstrap);
    return { bootstrap: kafka.bootstrap, workspace, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function copyWorkspace(bootstrap: string): Promise<string> {
  const copy = await fs.mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-demo-'));
  await fs.cp(new URL('workspace/', import.meta.url), copy, { recursive: true });
  for (const name of await fs.readdir(copy, { recursive: true })) {
    const file = path.join(copy, name);
    if (!name.endsWith('.yaml')) continue;
    const text = await fs.readFile(file, 'utf8');
    await fs.writeFile(file, text.replaceAll(WRITTEN_ADDRESS, bootstrap));
  }
  return copy;
}
