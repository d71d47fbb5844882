import * as l10n from '@vscode/l10n';
import type { MetadataValue } from './group.ts';

/** A conversion, with what has no equivalent named. */
export interface Converted {
  pairs: [name: string, value: string][];
  /** Settings of the other side that do not exist here, each with a sentence. */
  without: { name: string; why: string }[];
}

interface Pair {
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
const PAIRS: readonly Pair[] = [
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

/** A component's settings for a plain client. `group` is the effective one, since a client has no app id to fall back to. */
export function toClientProperties(metadata: readonly MetadataValue[], group: string | null): Converted {
  const pairs: [string, string][] = [];
  const without: Converted['without'] = [];
  const text = (name: string) =>
    metadata.findLast((item) => item.name.toLowerCase() === name.toLowerCase())?.value ?? undefined;
  for (const { dapr, client, toClient } of PAIRS) {
    const value =
      dapr === 'consumerGroup'
        ? (group ?? undefined)
        : dapr === 'initialOffset'
          ? (metadata.findLast((item) => item.name === dapr)?.value ?? 'newest')
          : text(dapr);
    if (value !== undefined && value !== '') pairs.push([client, toClient?.(value) ?? value]);
  }
  pairs.push(['enable.auto.commit', 'false'], ['isolation.level', 'read_uncommitted'], ...security(text));
  const known = new Set([
    ...PAIRS.map((pair) => pair.dapr.toLowerCase()),
    'consumerid',
    'authtype',
    'authrequired',
    'saslusername',
    'saslpassword',
    'saslmechanism',
    'disabletls',
    'cacert',
    'clientcert',
    'clientkey',
  ]);
  for (const { name } of metadata) if (!known.has(name.toLowerCase())) without.push({ name, why: whyNotClient(name) });
  without.push({
    name: 'commit',
    why: l10n.t(
      'Dapr commits what the app handled, once a second; a plain client commits by itself (commitSync) or on a timer whether or not it handled the message.',
    ),
  });
  return { pairs, without };
}

function security(text: (name: string) => string | undefined): [string, string][] {
  const authType = (text('authType') ?? '').toLowerCase();
  const tls = text('authType') !== 'none' && !/^(y|yes|true|t|on|1)$/i.test(text('disableTls')?.trim() ?? '');
  const sasl = ['password', 'oidc', 'oidc_private_key_jwt', 'awsiam'].includes(authType);
  const pairs: [string, string][] = [
    ['security.protocol', sasl ? (tls ? 'SASL_SSL' : 'SASL_PLAINTEXT') : tls ? 'SSL' : 'PLAINTEXT'],
  ];
  if (authType === 'password') {
    const mechanism =
      { 'SHA-256': 'SCRAM-SHA-256', 'SHA-512': 'SCRAM-SHA-512' }[text('saslMechanism') ?? ''] ?? 'PLAIN';
    pairs.push(['sasl.mechanism', mechanism], ['sasl.username', text('saslUsername') ?? ''], ['sasl.password', '***']);
  } else if (sasl) pairs.push(['sasl.mechanism', authType === 'awsiam' ? 'AWS_MSK_IAM' : 'OAUTHBEARER']);
  return pairs;
}

function whyNotClient(name: string): string {
  if (/^backOff|^consumeRetry/i.test(name))
    return l10n.t('Retrying a message is the app’s own business in a plain client.');
  if (/Topics$|Scopes$/i.test(name)) return l10n.t('Rights are Kafka’s ACLs there.');
  if (/^(escapeHeaders|excludeHeaderMetaRegex)$/i.test(name))
    return l10n.t('A plain client hands headers over as bytes.');
  return l10n.t('A plain client has no such setting.');
}

/** Lines `name=value` (or `name: value`) of a client for the metadata of a component. */
export function toMetadata(properties: string): Converted {
  const pairs: [string, string][] = [];
  const without: Converted['without'] = [];
  const all = new Map<string, string>();
  for (const line of properties.split(/\r?\n/)) {
    const match = /^\s*(?![#!])([\w.-]+)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (match?.[1] !== undefined) all.set(match[1], (match[2] ?? '').replace(/^["']|["'],?$/g, ''));
  }
  for (const [name, value] of all) {
    const pair = PAIRS.find((candidate) => candidate.client === name);
    const dapr = pair && (pair.toDapr === undefined ? value : pair.toDapr(value));
    if (pair !== undefined && dapr !== undefined) pairs.push([pair.dapr, dapr]);
    else if (!LOGIN.has(name)) without.push({ name, why: whyNotDapr(name, value) });
  }
  return { pairs: [...pairs, ...login(all)], without };
}

const LOGIN = new Set([
  'security.protocol',
  'sasl.mechanism',
  'sasl.mechanisms',
  'sasl.username',
  'sasl.password',
  'sasl.jaas.config',
  'ssl.ca.location',
  'ssl.truststore.location',
]);

function login(all: ReadonlyMap<string, string>): [string, string][] {
  const protocol = (all.get('security.protocol') ?? 'PLAINTEXT').toUpperCase();
  const mechanism = (all.get('sasl.mechanism') ?? all.get('sasl.mechanisms') ?? '').toUpperCase();
  if (protocol === 'PLAINTEXT') return [['authType', 'none']];
  if (protocol === 'SSL') return [['authType', 'certificate']];
  const pairs: [string, string][] = [
    ['authType', mechanism === 'OAUTHBEARER' ? 'oidc' : mechanism === 'AWS_MSK_IAM' ? 'awsiam' : 'password'],
  ];
  const user = all.get('sasl.username') ?? /username="([^"]*)"/.exec(all.get('sasl.jaas.config') ?? '')?.[1];
  if (pairs[0]?.[1] === 'password') {
    if (user !== undefined) pairs.push(['saslUsername', user]);
    pairs.push(['saslMechanism', { 'SCRAM-SHA-256': 'SHA-256', 'SCRAM-SHA-512': 'SHA-512' }[mechanism] ?? 'PLAIN']);
  }
  if (protocol === 'SASL_PLAINTEXT') pairs.push(['disableTls', 'true']);
  return pairs;
}

function whyNotDapr(name: string, value: string): string {
  if (name === 'auto.offset.reset') return l10n.t('Dapr knows no "{0}": it always falls to oldest or newest.', value);
  if (name.startsWith('enable.auto.commit') || name.startsWith('auto.commit'))
    return l10n.t('Dapr always commits what was handled, once a second.');
  if (name === 'isolation.level')
    return l10n.t('Dapr always reads uncommitted: messages of aborted transactions are delivered, too.');
  if (name === 'group.instance.id') return l10n.t('Dapr has no static membership.');
  if (name.startsWith('max.poll'))
    return l10n.t('Dapr handles one message of a partition after the other; there is no poll.');
  if (name === 'partition.assignment.strategy') return l10n.t('Dapr knows range, sticky and roundrobin.');
  if (name === 'enable.idempotence') return l10n.t('Dapr’s producer is not idempotent.');
  return l10n.t('Dapr has no such setting.');
}
