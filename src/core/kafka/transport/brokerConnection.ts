import * as l10n from '@vscode/l10n';
import { MalformedBytes, Reader, Writer } from '../protocol/bytes.ts';
import type { BrokerConnection, RequestOptions, WireMessage } from './connection.ts';
import { withDeadline } from './deadline.ts';
import { KafkaError } from './kafkaError.ts';
import { encoded, type KafkajsBroker } from './kafkajs.ts';
import { formatAddress, type Sockets } from './sockets.ts';

/** The API key that kafkajs sends over the second of its two connections to a broker. */
const FETCH = 1;

interface Sending {
  apiKey: number;
  version: number;
  name: string;
  body: Buffer;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  aside: boolean;
}

/** One broker over kafkajs's connections to it: messages of ours in the highest version that both sides know. */
export class ConnectedBroker implements BrokerConnection {
  readonly nodeId: number;
  readonly versions: ReadonlyMap<number, { min: number; max: number }>;
  readonly #broker: KafkajsBroker;
  readonly #translate: (error: unknown) => Error;
  readonly #sockets: Sockets;
  readonly #requestTimeout: number;

  constructor(broker: KafkajsBroker, sockets: Sockets, requestTimeout: number, translate: (error: unknown) => Error) {
    this.nodeId = broker.nodeId ?? -1;
    this.versions = new Map(
      Object.entries(broker.versions ?? {}).map(([key, v]) => [Number(key), { min: v.minVersion, max: v.maxVersion }]),
    );
    this.#broker = broker;
    this.#translate = translate;
    this.#sockets = sockets;
    this.#requestTimeout = requestTimeout;
  }

  async request<Q, A>(message: WireMessage<Q, A>, body: Q, options: RequestOptions = {}): Promise<A> {
    const version = this.#version(message, options.maxVersion);
    const flexible = version >= message.flexibleFrom;
    const writer = new Writer(flexible);
    // kafkajs writes a request header without tagged fields; an empty section of them makes it the newer header.
    writer.tags();
    message.encode(writer, version, body);
    const timeoutMs = options.timeoutMs ?? this.#requestTimeout;
    const { apiKey, name } = message;
    const { signal, aside = false } = options;
    const raw = await this.#send({ apiKey, version, name, body: writer.finish(), timeoutMs, signal, aside });
    try {
      const reader = new Reader(raw, 0, raw.length, flexible);
      reader.tags();
      return message.decode(reader, version);
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
      const text = l10n.t(
        'Broker {0} sent an answer to {1} that cannot be read: {2}.',
        this.nodeId,
        message.name,
        error.message,
      );
      throw new KafkaError('malformed', text, { cause: error });
    }
  }

  #version(
    message: { name: string; apiKey: number; minVersion: number; maxVersion: number },
    limit = Infinity,
  ): number {
    const offered = this.versions.get(message.apiKey);
    const ours = Math.min(message.maxVersion, limit);
    const version = Math.min(ours, offered?.max ?? -1);
    if (offered && version >= offered.min && version >= message.minVersion) return version;
    const text = offered
      ? l10n.t(
          'Broker {0} speaks {1} in versions {2} to {3}, this tool in {4} to {5}: the feature is not available here.',
          this.nodeId,
          message.name,
          offered.min,
          offered.max,
          message.minVersion,
          ours,
        )
      : l10n.t('Broker {0} does not know {1}: the feature needs a newer Kafka.', this.nodeId, message.name);
    throw new KafkaError('unsupported-version', text);
  }

  async #send({ apiKey, version, name, body, timeoutMs, signal, aside }: Sending): Promise<Buffer> {
    const pool = this.#broker.connectionPool;
    const index = aside || apiKey === FETCH ? 1 : 0;
    const sent = (async () => {
      const connection = await pool.getConnection(index);
      return connection.send({
        request: { apiKey, apiVersion: version, apiName: name, encode: () => Promise.resolve(encoded(body)) },
        response: { decode: (raw) => Promise.resolve(raw), parse: (raw) => Promise.resolve(raw) },
        requestTimeout: timeoutMs + 1000,
        logResponseError: false,
      });
    })();
    try {
      return await withDeadline(sent, {
        signal,
        timeoutMs,
        onTimeout: () => {
          const text = l10n.t(
            'Broker {0} did not answer {1} within {2} s. It may be overloaded or cut off; try again.',
            this.nodeId,
            name,
            timeoutMs / 1000,
          );
          const late = new KafkaError('timeout', text);
          // Answers come in order: what waits behind this one on the socket would wait in vain too.
          if (aside) pool.pool[index].socket?.destroy(late);
          else if (pool.pool[index].isConnected()) this.#sockets.destroy(late, formatAddress(pool.host, pool.port));
          return late;
        },
      });
    } catch (error) {
      throw this.#translate(error);
    }
  }
}
