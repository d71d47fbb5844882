import { parseDuration } from '../rules/durationText.ts';
import { effectiveInitialOffset } from './initialOffset.ts';

/** A conversion, with what has no equivalent named. */
export interface Converted {
  pairs: [name: string, value: string][];
  /** Names on this side whose values nobody but a secret store may know. */
  secrets: string[];
  /** Settings of the other side that do not exist here, or whose value does not, each with a sentence. */
  without: { name: string; why: string }[];
}

/** One setting that both sides have. undefined: the value has no equivalent. */
export interface Pair {
  dapr: string;
  /** As the Java client calls it. */
  client: string;
  /** What other clients call it: librdkafka, older ones. */
  also?: readonly string[];
  toClient?: (value: string) => string | undefined;
  toDapr?: (value: string) => string | undefined;
}

/** A duration in the struct: Go's form, or whole seconds. */
const ms = (value: string): string | undefined => {
  const length = parseDuration(value, 's');
  return length === undefined || value === '' ? undefined : String(Math.round(length));
};
const duration = (value: string): string | undefined => (isWhole(value) ? `${value}ms` : undefined);
const isWhole = (value: string): boolean => /^\d+$/.test(value);
const whole = (value: string): string | undefined => (isWhole(value) ? value : undefined);
const oneOf = (words: Record<string, string>) => (value: string) =>
  Object.hasOwn(words, value.toLowerCase()) ? words[value.toLowerCase()] : undefined;

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const codec = (value: string): string | undefined => (CODECS.includes(value) ? value : undefined);

/** Names of the Java client beside the fields of KafkaMetadata. */
export const PAIRS: readonly Pair[] = [
  { dapr: 'brokers', client: 'bootstrap.servers', also: ['metadata.broker.list'] },
  { dapr: 'consumerGroup', client: 'group.id' },
  { dapr: 'clientID', client: 'client.id' },
  {
    dapr: 'initialOffset',
    client: 'auto.offset.reset',
    toClient: (value) => {
      const start = effectiveInitialOffset(value);
      return start === null ? undefined : start === 'oldest' ? 'earliest' : 'latest';
    },
    toDapr: oneOf({
      earliest: 'oldest',
      beginning: 'oldest',
      smallest: 'oldest',
      latest: 'newest',
      end: 'newest',
      largest: 'newest',
    }),
  },
  { dapr: 'heartbeatInterval', client: 'heartbeat.interval.ms', toClient: ms, toDapr: duration },
  { dapr: 'sessionTimeout', client: 'session.timeout.ms', toClient: ms, toDapr: duration },
  {
    dapr: 'clientConnectionTopicMetadataRefreshInterval',
    client: 'metadata.max.age.ms',
    also: ['topic.metadata.refresh.interval.ms'],
    toClient: ms,
    toDapr: duration,
  },
  { dapr: 'dialTimeout', client: 'socket.connection.setup.timeout.ms', toClient: ms, toDapr: duration },
  { dapr: 'readTimeout', client: 'request.timeout.ms', also: ['socket.timeout.ms'], toClient: ms, toDapr: duration },
  { dapr: 'consumerFetchMin', client: 'fetch.min.bytes', toClient: whole, toDapr: whole },
  {
    dapr: 'consumerFetchDefault',
    client: 'max.partition.fetch.bytes',
    also: ['fetch.message.max.bytes'],
    toClient: whole,
    toDapr: whole,
  },
  {
    dapr: 'maxMessageBytes',
    client: 'max.request.size',
    also: ['message.max.bytes'],
    toClient: whole,
    toDapr: whole,
  },
  { dapr: 'compression', client: 'compression.type', also: ['compression.codec'], toClient: codec, toDapr: codec },
  {
    dapr: 'producerRequiredAcks',
    client: 'acks',
    also: ['request.required.acks'],
    toClient: oneOf({ all: 'all', local: '1', none: '0' }),
    toDapr: oneOf({ all: 'all', '-1': 'all', '1': 'local', '0': 'none' }),
  },
  {
    dapr: 'producerRetryMax',
    client: 'retries',
    also: ['message.send.max.retries'],
    toClient: whole,
    toDapr: whole,
  },
  { dapr: 'schemaRegistryURL', client: 'schema.registry.url' },
  {
    dapr: 'consumerGroupRebalanceStrategy',
    client: 'partition.assignment.strategy',
    toClient: (value) =>
      `org.apache.kafka.clients.consumer.${{ sticky: 'StickyAssignor', roundrobin: 'RoundRobinAssignor' }[value.toLowerCase()] ?? 'RangeAssignor'}`,
    // The first that a client names is the one it wants.
    toDapr: (value) => {
      const [first = ''] = value.split(',');
      if (/cooperative/i.test(first)) return undefined;
      return /sticky/i.test(first)
        ? 'sticky'
        : /roundrobin/i.test(first)
          ? 'roundrobin'
          : /range/i.test(first)
            ? 'range'
            : undefined;
    },
  },
];

/** Filled in by something else before anybody reads it: `${NAME}`, `$(NAME)`, `{{ .name }}`. */
export const isPlaceholder = (value: string): boolean => /\$\{[^}]*\}|\$\([^)]*\)|\{\{.*\}\}/.test(value);

/** `${SASL_USERNAME}`: the value stands in a secret or the environment, or is a secret. */
export const elsewhere = (name: string): string => `\${${name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}}`;
