/** A conversion, with what has no equivalent named. */
export interface Converted {
  pairs: [name: string, value: string][];
  /** Names on this side whose values nobody but a secret store may know. */
  secrets: string[];
  /** Settings of the other side that do not exist here, each with a sentence. */
  without: { name: string; why: string }[];
}

/** One setting that both sides have. */
export interface Pair {
  dapr: string;
  client: string;
  toClient?: (value: string) => string;
  toDapr?: (value: string) => string | undefined;
}

const ms = (value: string): string => {
  const match = /^(\d+)(ms|s|m|h)?$/.exec(value);
  if (match === null) return value;
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[match[2] ?? 's'] ?? 1000;
  return String(Number(match[1]) * unit);
};
const duration = (value: string): string => (/^\d+$/.test(value) ? `${value}ms` : value);

/** Names of the Java client (librdkafka's are the same here), KafkaMetadata's field for the same thing. */
export const PAIRS: readonly Pair[] = [
  { dapr: 'brokers', client: 'bootstrap.servers' },
  { dapr: 'consumerGroup', client: 'group.id' },
  { dapr: 'clientID', client: 'client.id' },
  {
    dapr: 'initialOffset',
    client: 'auto.offset.reset',
    toClient: (value) => (value.toLowerCase() === 'oldest' ? 'earliest' : 'latest'),
    toDapr: (value) =>
      ({
        earliest: 'oldest',
        beginning: 'oldest',
        smallest: 'oldest',
        latest: 'newest',
        end: 'newest',
        largest: 'newest',
      })[value.toLowerCase()],
  },
  { dapr: 'heartbeatInterval', client: 'heartbeat.interval.ms', toClient: ms, toDapr: duration },
  { dapr: 'sessionTimeout', client: 'session.timeout.ms', toClient: ms, toDapr: duration },
  {
    dapr: 'clientConnectionTopicMetadataRefreshInterval',
    client: 'metadata.max.age.ms',
    toClient: ms,
    toDapr: duration,
  },
  { dapr: 'consumerFetchMin', client: 'fetch.min.bytes' },
  { dapr: 'consumerFetchDefault', client: 'max.partition.fetch.bytes' },
  { dapr: 'maxMessageBytes', client: 'max.request.size' },
  { dapr: 'compression', client: 'compression.type' },
  {
    dapr: 'producerRequiredAcks',
    client: 'acks',
    toClient: (value) => ({ all: 'all', local: '1', none: '0' })[value.toLowerCase()] ?? value,
    toDapr: (value) => ({ all: 'all', '-1': 'all', '1': 'local', '0': 'none' })[value.toLowerCase()],
  },
  { dapr: 'producerRetryMax', client: 'retries' },
  { dapr: 'schemaRegistryURL', client: 'schema.registry.url' },
  {
    dapr: 'consumerGroupRebalanceStrategy',
    client: 'partition.assignment.strategy',
    toClient: (value) =>
      `org.apache.kafka.clients.consumer.${{ sticky: 'StickyAssignor', roundrobin: 'RoundRobinAssignor' }[value.toLowerCase()] ?? 'RangeAssignor'}`,
    toDapr: (value) =>
      /cooperative/i.test(value)
        ? undefined
        : /sticky/i.test(value)
          ? 'sticky'
          : /roundrobin/i.test(value)
            ? 'roundrobin'
            : /range/i.test(value)
              ? 'range'
              : undefined,
  },
];
