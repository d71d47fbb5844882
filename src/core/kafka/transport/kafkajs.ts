/**
 * The one place that reaches into kafkajs 2.2.4: its connections, TLS and SASL are good, its public API is not enough
 * (it cannot send a message of ours). Importing this file repairs five faults of it.
 */
import kafkajsPackage from 'kafkajs/package.json' with { type: 'json' };
import Cluster from 'kafkajs/src/cluster/index.js';
import loggers from 'kafkajs/src/loggers/index.js';
import Connection from 'kafkajs/src/network/connection.js';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import requestsModule from 'kafkajs/src/protocol/requests/index.js';
import { mechanismNotOffered } from './sasl.ts';

/** The version whose internals are known. */
const KNOWN_VERSION = '2.2.4';

export type KafkajsCluster = Cluster;
export type KafkajsBroker = KafkajsBrokerLike;
export type KafkajsLogger = KafkajsLoggerLike;

/** Throws when kafkajs is not the version that this file was written for, or a member it relies on is gone. */
export function checkKafkajs(): void {
  if (kafkajsPackage.version !== KNOWN_VERSION) {
    throw new Error(`kafkajs ${kafkajsPackage.version} found, its internals are known for ${KNOWN_VERSION} only`);
  }
  const prototypes: [object, string[]][] = [
    [Connection.prototype, ['connect', 'disconnect', 'isConnected', 'processData']],
    [RequestQueue.prototype, ['scheduleCheckPendingRequests', 'checkPendingRequests']],
    [Encoder.prototype, ['writeBufferInternal']],
    [Cluster.prototype, ['connect', 'disconnect']],
    [requestsModule.requests.Metadata, ['protocol']],
    [requestsModule.requests.SaslHandshake, ['protocol']],
  ];
  const missing = prototypes.flatMap(([owner, members]) =>
    members.filter((member) => typeof Reflect.get(owner, member) !== 'function'),
  );
  if (missing.length > 0) throw new Error(`kafkajs lacks ${missing.join(', ')}`);
}

/** What `newCluster` needs; the rest is the same for everyone. */
export interface ClusterSettings {
  logger: KafkajsLogger;
  socketFactory: unknown;
  /** Tried one after the other. */
  brokers: string[];
  ssl: boolean;
  sasl: unknown;
  clientId: string;
  /** ms. */
  connectionTimeout: number;
  /** ms. */
  requestTimeout: number;
}

export function newCluster({ brokers, ssl, sasl, ...settings }: ClusterSettings): Cluster {
  return new Cluster({
    ...settings,
    brokers: () => Promise.resolve(brokers),
    ssl: ssl ? {} : null,
    sasl,
    authenticationTimeout: settings.connectionTimeout,
    reauthenticationThreshold: 10_000,
    enforceRequestTimeout: true,
    metadataMaxAge: 300_000,
    allowAutoTopicCreation: false,
    maxInFlightRequests: null,
    isolationLevel: 0,
    retry: { initialRetryTime: 50, retries: Math.max(1, brokers.length - 1) },
  });
}

/** kafkajs's log as lines; its levels are collapsed, since what matters reaches the user as an error. */
export function newLogger(log: ((line: string) => void) | undefined): KafkajsLogger {
  return loggers.createLogger({
    level: log ? loggers.LEVELS.WARN : loggers.LEVELS.NOTHING,
    logCreator: () => (entry) => log?.(`${entry.namespace}: ${entry.log.message}`),
  });
}

/** A message body as kafkajs wants it. */
export function encoded(body: Buffer): Encoder {
  const encoder = new Encoder();
  encoder.writeBufferInternal(body);
  return encoder;
}

// Repair 1, idle load: kafkajs re-arms a timer of 1 ms per connection for ever, whether anything waits or not.
RequestQueue.prototype.scheduleCheckPendingRequests = function () {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  const wait = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    wait > 0 ? wait : 10,
  );
};

// Repair 2, one bad partition: kafkajs throws all metadata away when a single topic or partition carries an error.
const metadataProtocol = requestsModule.requests.Metadata.protocol;
requestsModule.requests.Metadata.protocol = (version) => {
  const factory = metadataProtocol(version);
  return (options) => {
    const exchange = factory(options);
    return { ...exchange, response: { ...exchange.response, parse: (decoded) => Promise.resolve(decoded) } };
  };
};

// Repair 3, reconnecting: two requests that find a connection closed open two sockets whose answers are mixed up, and
// the beginning of an answer that was cut off stays in the buffer and garbles all that follow.
const connecting = new WeakMap<Connection, Promise<unknown>>();
const { connect, processData } = Object.getOwnPropertyDescriptors(Connection.prototype);
const stockConnect = async (connection: Connection): Promise<unknown> => connect.value?.call(connection);
Connection.prototype.connect = function () {
  if (this.isConnected()) return Promise.resolve(true);
  const running = connecting.get(this);
  if (running) return running;
  this.chunks = [];
  this.bytesBuffered = 0;
  this.bytesNeeded = 4;
  const started = stockConnect(this).finally(() => connecting.delete(this));
  connecting.set(this, started);
  return started;
};

// Repair 4, bytes that are not Kafka's: kafkajs throws out of its `data` listener, which ends the whole process. What
// comes from a socket that was already given up is dropped; what cannot be read gives up the socket.
Connection.prototype.processData = function (bytes) {
  if (this.socket === undefined || this.socket.destroyed) return;
  if (this.bytesBuffered === 0) this.chunks = [];
  try {
    processData.value?.call(this, bytes);
  } catch (error) {
    this.socket.destroy(error instanceof Error ? error : new Error(String(error)));
  }
};

// Repair 5, a login mechanism that is not enabled: kafkajs drops the broker's list of those that are.
const UNSUPPORTED_SASL_MECHANISM = 33;
const handshakeProtocol = requestsModule.requests.SaslHandshake.protocol;
requestsModule.requests.SaslHandshake.protocol = (version) => {
  const factory = handshakeProtocol(version);
  return (options) => {
    const { response, ...exchange } = factory(options);
    const parse: typeof response.parse = (answer) =>
      answer.errorCode === UNSUPPORTED_SASL_MECHANISM
        ? Promise.reject(mechanismNotOffered(options.mechanism, answer.enabledMechanisms))
        : response.parse(answer);
    return { ...exchange, response: { ...response, parse } };
  };
};
