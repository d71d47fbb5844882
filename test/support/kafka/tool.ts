import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { killGroup, spawnGroup } from './processes.ts';
import type { CommandLine } from './runtime.ts';

/** Kafka's own Java clients at a test's command (java/lab/Tool.java lists the commands). */
export interface KafkaTool {
  /**
   * Runs one command; commands run in the order in which they were given. Returns what it printed, one JSON value a
   * line. Throws with the Java client's own words.
   */
  run(command: string, ...args: (string | number)[]): Promise<unknown[]>;
  /** Creates a topic; configs as in `retention.ms`, and `replicas`. Returns when every broker knows it. */
  create(topic: string, partitions: number, configs?: Record<string, string>): Promise<void>;
  /** Writes records, as one batch per partition where they fit; returns the offset of each. */
  produce(topic: string, records: readonly NewRecord[], codec?: Codec): Promise<number[]>;
  /** What the Java consumer reads, partition by partition, in offset order within each. */
  dump(topic: string, isolation?: 'committed' | 'uncommitted'): Promise<ReferenceRecord[]>;
  /** Joins a group and returns the assignment once there is one; the member runs until {@link KafkaTool.leave} or close. */
  join(member: MemberSpec): Promise<string[]>;
  /** The same without waiting. */
  startMember(member: MemberSpec): Promise<void>;
  /** What each member of ours in a group holds now, by client id, as `topic-partition`. */
  assignment(group: string): Promise<Record<string, string[]>>;
  leave(group: string, clientId?: string): Promise<void>;
  /** Commits offsets for a group without members. */
  commit(group: string, topic: string, offsets: Readonly<Record<number, number>>): Promise<void>;
  /** Members leave their groups; an open transaction stays open. */
  close(): Promise<void>;
}

export type Codec = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

export const CODECS: readonly Codec[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

type Bytes = string | { base64: string } | null;

export interface NewRecord {
  /** Instead of the call's topic. */
  topic?: string;
  partition?: number;
  /** ms */
  timestamp?: number;
  key?: Bytes;
  value?: Bytes;
  headers?: [name: string, value: Bytes][];
}

export interface ReferenceRecord {
  partition: number;
  offset: number;
  timestamp: number;
  timestampType: 'create' | 'append';
  /** base64 */
  key: string | null;
  value: string | null;
  headers: [name: string, value: string | null][];
}

export interface MemberSpec {
  kind: 'classic' | 'consumer' | 'share' | 'streams';
  group: string;
  clientId: string;
  topics: readonly string[];
  /** Kafka's consumer settings; `read=false` holds partitions without reading, `max=N` stops after N records. */
  settings?: Readonly<Record<string, string>>;
}

export function openTool(kafka: { bootstrap: string; tool: CommandLine }): KafkaTool {
  const child = spawnGroup([...kafka.tool, kafka.bootstrap, '-']);
  const killed = () => killGroup(child);
  process.once('exit', killed);
  const lastWords: string[] = [];
  const pending: { resolve: (lines: unknown[]) => void; reject: (error: Error) => void }[] = [];
  createInterface(child.stderr).on('line', (line) => lastWords.push(line));
  child.once('error', (error) => lastWords.push(error.message));
  child.stdin.on('error', (error) => lastWords.push(error.message));
  createInterface(child.stdout).on('line', (line) => {
    if (!line.startsWith('{')) return void lastWords.push(line);
    const answer = JSON.parse(line) as { done?: true; failed?: string };
    if (answer.done) pending.shift()?.resolve(current.splice(0));
    else if (answer.failed !== undefined) {
      current.length = 0;
      pending.shift()?.reject(new Error(answer.failed));
    } else current.push(answer);
  });
  const current: unknown[] = [];
  const closed = once(child, 'close').then(() => {
    process.off('exit', killed);
    for (const { reject } of pending.splice(0)) reject(new Error(`the Kafka tool ended:\n${lastWords.join('\n')}`));
  });

  const run = (command: string, ...args: (string | number)[]): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      if (child.exitCode !== null) return reject(new Error(`the Kafka tool has ended:\n${lastWords.join('\n')}`));
      pending.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify([command, ...args.map(String)])}\n`);
    });
  const words = (settings: Readonly<Record<string, string | number>> = {}) =>
    Object.entries(settings).map(([key, value]) => `${key}=${value}`);

  const startMember = async ({ kind, group, clientId, topics, settings }: MemberSpec): Promise<void> =>
    void (await run('start-member', kind, group, clientId, topics.join(','), ...words(settings)));

  return {
    run,
    create: async (topic, partitions, configs) => void (await run('create', topic, partitions, ...words(configs))),
    async produce(topic, records, codec = 'none') {
      const [answer] = await run('produce', topic, codec, JSON.stringify(records));
      return (answer as { offsets: number[] }).offsets;
    },
    async dump(topic, isolation = 'uncommitted') {
      const records = (await run('dump', topic, isolation)) as ReferenceRecord[];
      return records.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
    },
    startMember,
    async join(member) {
      await startMember(member);
      const [answer] = await run('joined', member.group, member.clientId);
      return (answer as { assigned: string[] }).assigned;
    },
    assignment: async (group) => (await run('assignment', group))[0] as Record<string, string[]>,
    leave: async (group, ...clientId) => void (await run('leave', group, ...clientId.filter((id) => id !== undefined))),
    commit: async (group, topic, offsets) => void (await run('commit', group, topic, ...words(offsets))),
    async close() {
      child.stdin.end();
      const impatient = setTimeout(killed, 15_000);
      await closed;
      clearTimeout(impatient);
    },
  };
}
