import { describeGroups } from './groups/describeGroups.ts';
import { listGroups } from './groups/listGroups.ts';
import { timePoints, type TimePoints } from './read/timePoints.ts';
import { activeController } from './topics/activeController.ts';
import { describeCluster, listTopics } from './topics/listTopics.ts';
import { logDirectories, type LogDirectory } from './topics/logDirectories.ts';
import { partitionOffsets } from './topics/partitionOffsets.ts';
import { topicSizes, type TopicSize } from './topics/topicSizes.ts';
import { brokerSettings, topicSettings, type Setting } from './topics/settings.ts';
import type { BrokerConnection, KafkaConnection } from './transport/connection.ts';

/** A client on a connection of its own: closing the client closes the connection. */
export function createClusterClient(connection: KafkaConnection): ClusterClient {
  return {
    connection,
    describe: (options = {}) => describeCluster(connection, options),
    controller: (options = {}) => activeController(connection, options),
    topics: (names, options = {}) => listTopics(connection, names, options),
    offsets: (topics, options = {}) => partitionOffsets(connection, topics, options),
    timePoints: (topics, near, now, options = {}) => timePoints(connection, topics, near, now, options),
    groups: (options = {}) => listGroups(connection, options),
    describeGroups: (ids, options = {}) => describeGroups(connection, ids, options),
    groupsOfTopic: (topic, options = {}) =>
      describeGroups(connection, undefined, options, (topics) => topics.includes(topic)),
    topicSettings: (topic, options = {}) => topicSettings(connection, topic, options),
    brokerSettings: (id, options = {}) => brokerSettings(connection, id, options),
    brokerVersions: async (id) => (await connection.broker(id)).versions,
    topicSizes: (topics, options = {}) => topicSizes(connection, topics, options),
    logDirectories: (id, options = {}) => logDirectories(connection, id, options),
    close: () => connection.close(),
  };
}

/**
 * What the rest of the product may ask of a cluster. Every answer is partial where the cluster is: an item that could
 * not be had carries `error` (a sentence for a person) and unknown numbers are `null`; nothing hides its neighbours.
 * All offsets are exact JavaScript numbers (Kafka's int64 up to 2^53).
 */
export interface ClusterClient {
  describe(options?: CallOptions): Promise<ClusterDescription>;
  /** Node id of the active controller, which need not be a broker; null when the cluster does not tell this user. */
  controller(options?: CallOptions): Promise<number | null>;
  /** Every topic the user may see, internal ones included, or the named ones (a missing one carries `error`). Sorted by name. One Metadata request. */
  topics(names?: readonly string[], options?: CallOptions): Promise<Topic[]>;
  /** Log start and high watermark of each partition: two ListOffsets requests per leader. */
  offsets(topics: readonly Topic[], options?: CallOptions): Promise<TopicWithOffsets[]>;
  /** When messages of these topics were written; `near` names an offset whose time is wanted more exactly. A fixed number of ListOffsets requests per leader. */
  timePoints(
    topics: readonly TopicWithOffsets[],
    near: (topic: string, partition: number) => number | null,
    now: number,
    options?: CallOptions,
  ): Promise<TimePoints>;
  /** Every group of every type, from each broker's ListGroups; `error` entries name brokers that did not answer. */
  groups(options?: CallOptions): Promise<GroupListing>;
  /** State, members, assignments and offsets of the named groups (all when absent). An unknown group carries `error`. */
  describeGroups(ids?: readonly string[], options?: CallOptions): Promise<Group[]>;
  /** The groups that have a commit or an assignment on a topic. */
  groupsOfTopic(topic: string, options?: CallOptions): Promise<Group[]>;
  /** All settings of a topic with their sources; throws a sentence when they may not be seen. */
  topicSettings(topic: string, options?: CallOptions): Promise<Setting[]>;
  brokerSettings(brokerId: number, options?: CallOptions): Promise<Setting[]>;
  /** API key -> versions that the broker serves, as it told when it was connected to: no request. */
  brokerVersions(brokerId: number): Promise<BrokerConnection['versions']>;
  /** Bytes on disk by topic name: one request per broker. Throws a sentence when no broker tells any. */
  topicSizes(topics: readonly Topic[], options?: CallOptions): Promise<ReadonlyMap<string, TopicSize>>;
  /** Where a broker keeps its logs, and the size of each. */
  logDirectories(brokerId: number, options?: CallOptions): Promise<LogDirectory[]>;
  /** The connection under this client, for the reader and for changes. */
  readonly connection: KafkaConnection;
  close(): Promise<void>;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface ClusterDescription {
  clusterId: string | null;
  /** `4.1` or newer style text derived from the API versions, e.g. "4.1", "3.9", "≤ 2.8". */
  version: string;
  brokers: Broker[];
}

export interface Broker {
  id: number;
  host: string;
  port: number;
  rack: string | null;
}

export interface Topic {
  name: string;
  internal: boolean;
  partitions: TopicPartition[];
  error?: string;
  /** The error is that there is no such topic. */
  missing?: true;
}

export interface TopicPartition {
  partition: number;
  /** Broker id, or null when the partition has no leader. */
  leader: number | null;
  replicas: number[];
  isr: number[];
  error?: string;
}

export interface TopicWithOffsets extends Topic {
  partitions: PartitionWithOffsets[];
}

export interface PartitionWithOffsets extends TopicPartition {
  /** First offset still kept; null when unknown. */
  logStart: number | null;
  /** Offset the next record will get; null when unknown. */
  highWatermark: number | null;
}

export type GroupType = 'classic' | 'consumer' | 'share' | 'streams';

export interface GroupListing {
  groups: GroupSummary[];
  /** Brokers whose groups are missing from the list, each with a sentence. */
  errors: { broker: number; message: string }[];
}

export interface GroupSummary {
  group: string;
  type: GroupType;
  /** Kafka's own word: Stable, Empty, Dead, PreparingRebalance, CompletingRebalance, Assigning, Reconciling. */
  state: string;
  protocolType: string;
  /** Broker id. */
  coordinator: number | null;
}

export interface Group extends GroupSummary {
  assignor: string | null;
  members: GroupMember[];
  offsets: GroupOffset[];
  error?: string;
}

export interface GroupMember {
  memberId: string;
  clientId: string;
  host: string;
  instanceId?: string;
  assignment: { topic: string; partitions: number[] }[];
}

/** One partition of one topic as a group stands on it. */
export interface GroupOffset {
  topic: string;
  partition: number;
  /** Where it committed, or a share group's start offset; null: never committed. */
  committed: number | null;
  logStart: number | null;
  highWatermark: number | null;
  /** max(0, highWatermark - max(committed, logStart)); null when nothing was committed or the log is unknown. A share group's is the broker's word. */
  lag: number | null;
  /** max(0, logStart - committed): deleted by Kafka before this group read them. */
  gone: number | null;
  /** max(0, committed - highWatermark): the topic was recreated or truncated below the commit. */
  ahead: number | null;
  error?: string;
}
