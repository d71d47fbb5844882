import { parseGoBool } from '../delivery/dryRun.ts';
import { resolveInteger } from '../yaml/scalars.ts';
import { goDurationError, parseDuration } from './durationText.ts';
import { parseGoUrl } from './goUrl.ts';
import { integerError, type IntegerType } from './integerText.ts';
import type { CatalogField } from '../catalog/component.ts';
import { pemBlocks } from './pem.ts';

/** Why a component refuses the text of a field, in its own words; undefined: it takes it. */
type Check = (text: string, name: string, allowed: readonly string[]) => string | undefined;

const integer =
  (type: IntegerType = 'Int'): Check =>
  (text, name) => {
    const error = text === '' ? undefined : integerError(text, type);
    const kind = type.startsWith('U') ? 'Uint' : 'Int';
    return error && `cannot parse '${name}' as ${kind.toLowerCase()}: strconv.Parse${kind}: parsing ${JSON.stringify(text)}: ${error}`; // prettier-ignore
  };

const span: Check = (text, name) =>
  parseDuration(text, 's') === undefined ? `error decoding '${name}': ${goDurationError(text)}` : undefined;

/** One of the words that the catalog knows, in any letter case, or nothing. */
const words =
  (error: string): Check =>
  (text, _name, allowed) =>
    text === '' || allowed.includes(text.toLowerCase())
      ? undefined
      : `${error}. Accepted values are ${allowed
          .map((word) => `\`${word}\``)
          .join(', ')
          .replace(/, ([^,]*)$/, ' and $1')}`;

const matching =
  (pattern: RegExp, error: string): Check =>
  (text) =>
    text === '' || pattern.test(text) ? undefined : error.replace('{0}', text);

/** An integer for which something holds. */
const count =
  (fits: (value: number) => boolean, error: string, type?: IntegerType): Check =>
  (text, name) =>
    integer(type)(text, name, []) ??
    (fits(Number(resolveInteger(text.replaceAll('_', '')) ?? 0)) ? undefined : error.replace('{0}', name));

const pem =
  (prefix: string): Check =>
  (text, name) =>
    text !== '' && pemBlocks(text).length === 0 ? `${prefix}invalid ${name}` : undefined;

const certificates = (prefix: string) => ({
  caCert: pem(prefix),
  clientCert: pem(prefix),
  clientKey: pem(prefix),
});

/** Redis reads its metadata in another way: nothing may be empty, and booleans are Go's. */
const strict =
  (type: IntegerType | 'bool' | 'Duration'): Check =>
  (text, name) => {
    const fits =
      type === 'bool'
        ? parseGoBool(text) !== undefined
        : type === 'Duration'
          ? text !== '' && parseDuration(text, 'ms') !== undefined
          : integerError(text, type, true) === undefined;
    return fits ? undefined : `redis client configuration error: error decoding '${name}': invalid ${type.toLowerCase()} ${JSON.stringify(text)}`; // prettier-ignore
  };

const each = (names: string, check: Check): Record<string, Check> =>
  Object.fromEntries(names.split(' ').map((name) => [name, check]));

const above = (least: number, type?: IntegerType) =>
  count((value) => value > least, `{0} must be greater than ${least}`, type);

/** What RabbitMQ's client says of another URL. */
export const SCHEME = "AMQP scheme must be either 'amqp://' or 'amqps://'";

/** Of Azure Service Bus; Event Hubs looks at it later. */
const connectionString: Check = (text) => {
  if (text === '') return undefined;
  const parts = new Map<string, string>();
  for (const part of text.split(';').filter((one) => one !== '')) {
    const at = part.indexOf('=');
    if (at < 0) return "failed parsing connection string due to unmatched key value separated by '='";
    parts.set(part.slice(0, at).toLowerCase(), part.slice(at + 1));
  }
  const endpoint = parseGoUrl(parts.get('endpoint') ?? '');
  if (typeof endpoint === 'string')
    return 'failed parsing connection string due to an incorrectly formatted Endpoint value';
  const emulator = parts.get('usedevelopmentemulator') ?? 'true';
  if (parseGoBool(emulator) === undefined)
    return `strconv.ParseBool: parsing ${JSON.stringify(emulator)}: invalid syntax`;
  const signed = parts.has('sharedaccesssignature');
  if (endpoint.host === '') return 'key "Endpoint" must not be empty';
  if (!signed && !parts.has('sharedaccesskeyname')) return 'key "SharedAccessKeyName" must not be empty';
  return signed || parts.has('sharedaccesskey')
    ? undefined
    : 'key "SharedAccessKey" or "SharedAccessSignature" cannot both be empty';
};

/** What RabbitMQ's client makes of a URL. */
export function amqpError(text: string): string | undefined {
  const url = text.includes(' ') ? 'URI must not contain whitespace' : parseGoUrl(text);
  if (typeof url === 'string') return url;
  if (!/^amqps?$/.test(url.scheme)) return SCHEME;
  const query = new URLSearchParams(url.query);
  for (const [name, type] of [
    ['heartbeat', 'Int'],
    ['connection_timeout', 'Int'],
    ['channel_max', 'Uint16'],
  ] as const) {
    const value = query.get(name);
    if (value !== null && integerError(value, type, true)) return `${name} is not an integer`;
  }
  const mechanism = query.getAll('auth_mechanism').find((one) => !/^(?:plain|amqplain|external)$/i.test(one));
  return mechanism === undefined ? undefined : `unsupported auth_mechanism: ${mechanism}`;
}

/** Paho tries in vain to reach a URL of another scheme. */
const mqttUrl: Check = (text) => {
  const url = parseGoUrl(text);
  const error = typeof url === 'string' ? url : url.scheme === '' ? 'no servers defined to connect to' : undefined;
  const known = /^(?:mqtt(?:s|\+ssl)?|tcps?|ssl|tls|wss?|unix)$/;
  const unknown = typeof url !== 'string' && !known.test(url.scheme) ? 'unknown protocol' : undefined;
  return text === '' || !(error ?? unknown)
    ? undefined
    : `failed to establish connection to broker: ${error ?? unknown}`;
};

/** Pulsar takes a host without a scheme, too. */
const pulsarHost: Check = (text) =>
  typeof parseGoUrl(/^(?:pulsar(?:\+ssl)?|https?):\/\//.test(text) ? text : `pulsar://${text}`) === 'string'
    ? 'could not instantiate pulsar client: Invalid service URL: InvalidConfiguration'
    : undefined;

const SERVICE_BUS: Record<string, Check> = {
  connectionString,
  maxDeliveryCount: integer('Int32'),
  maxActiveMessages: count((value) => value > 0, 'must be 1 or greater'),
  autoDeleteOnIdleInSec: count((value) => value >= 300, '{0} must be greater than or equal to 300'),
  defaultMessageTimeToLiveInSec: count((value) => value !== 0, '{0} must be greater than 0'),
  maxRetriableErrorsPerSec: count((value) => value >= 0, 'must not be negative'),
};

/** Executed with components-contrib 1.18.0. Fields that are not named here are judged by their type alone. */
const REFUSED: Record<string, Record<string, Check>> = {
  'pubsub.aws.snssqs': {
    messageVisibilityTimeout: above(0, 'Int32'),
    messageWaitTimeSeconds: above(0, 'Int32'),
    messageRetryLimit: above(1),
    messageMaxNumber: (text, name) =>
      above(0)(text, name, []) ??
      (Number(text.replaceAll('_', '')) > 10 ? `${name} must be less than or equal to 10` : undefined),
    concurrencyLimit: count((value) => value >= 0, '{0} must be greater than or equal to 0'),
    concurrencyMode: matching(/^(?:parallel|single)$/i, 'invalid concurrencyMode {0}'),
    assetsManagementTimeoutSeconds: matching(
      /^[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/,
      "cannot parse 'assetsManagementTimeoutSeconds' as float: invalid syntax",
    ),
  },
  'pubsub.azure.eventhubs': {
    ...each('messageRetentionInDays partitionCount', integer('Int32')),
    azureEnvironment: matching(/^Azure(?:Public|China|USGovernment)(?:Cloud)?$/i, 'invalid Azure cloud: {0}'),
  },
  'pubsub.azure.servicebus.queues': SERVICE_BUS,
  'pubsub.azure.servicebus.topics': SERVICE_BUS,
  'pubsub.gcp.pubsub': {
    ackDeadline: (text, name) =>
      span(text, name, []) ??
      ((parseDuration(text, 's') ?? 0) > 0
        ? undefined
        : `gcp pubsub error: invalid AckDeadline ${text}. Value must be a positive Go duration string or integer`),
  },
  'pubsub.jetstream': {
    ...each('startSequence startTime rateLimit', integer('Uint')),
    ...each('ackWait heartbeat', span),
    backOff: (text, name) => {
      const wrong = text.split(',').find((part) => parseDuration(part.trim(), 's') === undefined);
      return wrong === undefined ? undefined : span(wrong.trim(), name, []);
    },
    deliverPolicy: (text, _name, allowed) =>
      text === '' || allowed.includes(text) ? undefined : `deliver policy ${text} is not one of: ${allowed.join(', ')}`,
  },
  'pubsub.kubemq': {
    address: matching(/^[^:]*:\d+$/, 'invalid kubeMQ address, address format is invalid'),
  },
  'pubsub.mqtt3': {
    url: mqttUrl,
    qos: count((value) => value <= 7, 'invalid qos', 'Uint8'),
    ...certificates('invalid TLS configuration: '),
  },
  'pubsub.pulsar': {
    host: pulsarHost,
    ...each('batchingMaxMessages batchingMaxSize maxConcurrentHandlers', integer('Uint')),
    autoDiscoveryPeriod: () => undefined,
    compressionType: words('invalid compression type'),
    compressionLevel: words('invalid compression level'),
    processMode: words('invalid processMode'),
    subscribeType: words('invalid subscription type'),
    subscribeMode: words('invalid subscription mode'),
    subscribeInitialPosition: words('invalid subscription initial position'),
  },
  'pubsub.rabbitmq': {
    prefetchCount: integer('Uint8'),
    deliveryMode: count(
      (value) => value <= 2,
      'rabbitmq pub/sub error: invalid RabbitMQ delivery mode, accepted values are between 0 and 2',
      'Uint8',
    ),
    exchangeKind: (text, _name, allowed) =>
      allowed.includes(text) ? undefined : `rabbitmq pub/sub error: invalid RabbitMQ exchange kind ${text}`,
    connectionString: (text) => {
      const error = text === '' ? undefined : amqpError(text);
      return error && `rabbitmq pub/sub error: invalid connection string: ${text}, err: ${error}`;
    },
    ttlInSeconds: (text, name) =>
      span(text, name, []) ??
      ((parseDuration(text, 's') ?? 0) < 0
        ? 'rabbitmq pub/sub error: parse RabbitMQ ttl metadata with error: ttl value must be higher than zero'
        : undefined),
    ...certificates('rabbitmq pub/sub error: invalid TLS configuration: '),
  },
  'pubsub.redis': {
    ...each('enableTLS insecureSkipTLSVerify failover useEntraID', strict('bool')),
    ...each('redisDB redisMaxRetries minIdleConns maxLenApprox', strict('Int')),
    ...each('queueDepth concurrency poolSize', strict('Uint')),
    redisPort: strict('Uint16'),
    redeliverInterval: () => undefined,
  },
  'pubsub.rocketmq': each('maxReconsumeTimes pullBatchSize', integer('Int32')),
  'pubsub.solace.amqp': certificates('amqp pub sub error: '),
};

/** Most words and certificates are read by their exact names: in another letter case they are not looked at. */
const isExact = (type: string, name: string) =>
  type === 'pubsub.pulsar'
    ? name !== 'processMode'
    : type !== 'pubsub.solace.amqp' && /^(?:caCert|client(?:Cert|Key)|concurrencyMode)$/.test(name);

const BY_TYPE: Partial<Record<CatalogField['type'], Check>> = { number: integer(), duration: span };

/**
 * @param type of the catalog, as no alias
 * @param written the field's name as it stands in the file
 */
export function refusal(type: string, field: CatalogField, text: string, written: string): string | undefined {
  const { name, allowedValues = [] } = field;
  const own = REFUSED[type]?.[name];
  if (own !== undefined && written !== name && field.type === 'string' && isExact(type, name)) return undefined;
  const usual = type === 'pubsub.redis' && field.type === 'duration' ? strict('Duration') : BY_TYPE[field.type];
  return (own ?? usual)?.(text, name, allowedValues);
}
