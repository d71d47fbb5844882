import * as l10n from '@vscode/l10n';
import type { ClusterProfile, SecretsAndFiles } from '../profile.ts';
import { ConnectedBroker } from './brokerConnection.ts';
import type { BrokerConnection, KafkaConnection } from './connection.ts';
import { KafkaError } from './kafkaError.ts';
import { checkKafkajs, newCluster, newLogger, type KafkajsBroker, type KafkajsCluster } from './kafkajs.ts';
import { overLostBrokers } from './onAnyBroker.ts';
import { saslOption } from './sasl.ts';
import { formatAddress, parseAddress, Sockets } from './sockets.ts';
import { tlsOptions } from './tlsOptions.ts';
import { translate } from './translate.ts';
import { withDeadline } from './deadline.ts';

export interface ConnectOptions {
  signal?: AbortSignal;
  /** Lines about what goes on below; never a secret. */
  log?: (line: string) => void;
  /** Gives the bearer token instead of the profile's own way (a worker asks its host). */
  resolveToken?: () => Promise<string>;
  /** Shown by the broker in its own logs and in group members. */
  clientId?: string;
}

export const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_REQUEST_TIMEOUT_MS = 30_000;

/**
 * Connects and logs in to the first bootstrap server that answers, and learns the brokers of the cluster. Takes at
 * most the profile's connect timeout and ends at once when `signal` aborts.
 * @throws {KafkaError} whose kind is the step that failed: dns, tcp, tls, sasl, metadata, closed, timeout, cancelled.
 */
export async function connectCluster(
  profile: ClusterProfile,
  secrets: SecretsAndFiles,
  options: ConnectOptions = {},
): Promise<KafkaConnection> {
  checkKafkajs();
  const connectTimeout = profile.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS;
  const requestTimeout = profile.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS;
  const { seeds, aliases } = seedAddresses(profile.bootstrap);
  const sasl = profile.sasl ? saslOption(profile.sasl, secrets, options.resolveToken) : null;
  const sockets = new Sockets({
    addressMap: profile.addressMap ?? {},
    aliases,
    tls: profile.tls ? await tlsOptions(profile.tls, secrets) : null,
    pinnedSha256: profile.tls?.pinnedSha256?.replaceAll(':', '').toLowerCase(),
    // With several servers to try, one that swallows packets must not eat the time of the others.
    connectTimeoutMs: seeds.length > 1 ? Math.max(1000, connectTimeout / seeds.length) : connectTimeout,
  });
  const logger = newLogger(options.log);
  const cluster = newCluster({
    logger,
    socketFactory: sockets.create,
    brokers: seeds,
    ssl: profile.tls !== undefined,
    sasl,
    clientId: options.clientId ?? 'kafka-dapr-explorer',
    connectionTimeout: connectTimeout + 1000,
    requestTimeout,
  });
  const connection = new Connection(cluster, sockets, requestTimeout, profile);
  try {
    await withDeadline(connectAndLearn(cluster), {
      signal: options.signal,
      timeoutMs: connectTimeout,
      onTimeout: () => connection.connectTimeout(seeds, connectTimeout),
    });
    connection.establish();
  } catch (error) {
    const translated = connection.translated(error);
    await connection.close();
    throw translated;
  }
  return connection;
}

/** Right after `connect` only the server that was asked is known; metadata of one topic tells all brokers. */
async function connectAndLearn(cluster: KafkajsCluster): Promise<void> {
  await cluster.connect();
  await cluster.brokerPool.refreshMetadata(['__consumer_offsets']);
}

/** kafkajs splits addresses at the first colon: an IPv6 address gets a name that stands for it. */
function seedAddresses(bootstrap: readonly string[]): { seeds: string[]; aliases: Record<string, string> } {
  const aliases: Record<string, string> = {};
  const seeds = bootstrap.map((text, index) => {
    const { host, port } = parseAddress(text);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new KafkaError('dns', l10n.t('{0} is not an address: write host:port.', text));
    }
    if (!host.includes(':')) return `${host}:${port}`;
    const alias = `bootstrap-${index}.invalid:${port}`;
    aliases[alias] = formatAddress(host, port);
    return alias;
  });
  if (seeds.length === 0) throw new KafkaError('dns', l10n.t('No address is given: write host:port.'));
  return { seeds, aliases };
}

class Connection implements KafkaConnection {
  readonly #cluster: KafkajsCluster;
  readonly #sockets: Sockets;
  readonly #requestTimeout: number;
  readonly #profile: ClusterProfile;
  /** Brokers that answered at some time. */
  readonly #reached = new Set<number>();
  #closing = false;
  #established = false;

  constructor(cluster: KafkajsCluster, sockets: Sockets, requestTimeout: number, profile: ClusterProfile) {
    this.#cluster = cluster;
    this.#sockets = sockets;
    this.#requestTimeout = requestTimeout;
    this.#profile = profile;
  }

  /** From now on a closed connection is no sign of wrong settings. */
  establish(): void {
    this.#established = true;
  }

  brokers(): readonly { id: number; host: string; port: number }[] {
    const known = this.#cluster.brokerPool.metadata?.brokers ?? [];
    return known.map(({ nodeId, host, port }) => ({ id: nodeId, host, port }));
  }

  async refresh(): Promise<void> {
    await overLostBrokers(this.brokers().length, () =>
      this.#bounded(() => this.#cluster.brokerPool.refreshMetadata(['__consumer_offsets'])),
    );
  }

  async broker(id: number): Promise<BrokerConnection> {
    if (!this.brokers().some((b) => b.id === id)) await this.refresh();
    const known = this.brokers().find((b) => b.id === id);
    if (!known) throw new KafkaError('metadata', l10n.t('Broker {0} is not part of the cluster at the moment.', id));
    try {
      const broker = await this.#bounded(() => this.#cluster.brokerPool.findBroker({ nodeId: id }));
      this.#reached.add(id);
      return this.#connected(broker);
    } catch (error) {
      throw this.#unreachable(id, formatAddress(known.host, known.port), this.translated(error));
    }
  }

  async anyBroker(): Promise<BrokerConnection> {
    return this.#connected(await this.#bounded(() => this.#cluster.brokerPool.findConnectedBroker()));
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    // kafkajs waits for answers before it lets go; the destroyed sockets end that wait.
    const disconnected = this.#cluster.disconnect().catch((error: unknown) => this.translated(error));
    this.#sockets.destroy(cancelled());
    await withDeadline(disconnected, { timeoutMs: 200 }).catch((error: unknown) => this.translated(error));
  }

  translated(error: unknown): KafkaError {
    return translate(error, this.#sockets.failures, this.#profile, this.#established);
  }

  /** The whole of connecting took too long: says how far it got. */
  connectTimeout(seeds: readonly string[], timeoutMs: number): KafkaError {
    this.#sockets.destroy(cancelled());
    const message = l10n.t(
      '{0} accepts the connection but did not answer within {1} s. It may expect TLS or SASL, or be overloaded.',
      seeds.join(', '),
      timeoutMs / 1000,
    );
    return new KafkaError('timeout', message);
  }

  #connected(broker: KafkajsBroker): BrokerConnection {
    return new ConnectedBroker(broker, this.#sockets, this.#requestTimeout, (error) => this.translated(error));
  }

  async #bounded<T>(start: () => Promise<T>): Promise<T> {
    if (this.#closing) throw cancelled();
    const timeoutMs = this.#profile.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS;
    try {
      return await withDeadline(start(), {
        timeoutMs,
        onTimeout: () =>
          new KafkaError(
            'timeout',
            l10n.t(
              'The cluster did not answer within {0} s. Try again, or raise the timeout of the connection.',
              timeoutMs / 1000,
            ),
          ),
      });
    } catch (error) {
      throw this.translated(error);
    }
  }

  /** A broker that the cluster names but that cannot be reached at the address it gives for itself, or not any more. */
  #unreachable(id: number, address: string, error: KafkaError): KafkaError {
    if (error.kind !== 'dns' && error.kind !== 'tcp') return error;
    if (this.#reached.has(id)) {
      const message = l10n.t('Broker {0} cannot be reached any more: {1}', id, error.message);
      return new KafkaError(error.kind, message, { code: error.code, cause: error });
    }
    const message = l10n.t(
      'Broker {0} says that it is reached at {1}, but it is not from here: {2} If it runs in a container or behind a port-forward, map that address in the connection.',
      id,
      address,
      error.message,
    );
    return new KafkaError('advertised', message, { code: error.code, cause: error });
  }
}

const cancelled = (): KafkaError => new KafkaError('cancelled', l10n.t('Cancelled.'), { code: 'CANCELLED' });
