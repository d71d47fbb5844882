import type { Reader, Writer } from '../protocol/bytes.ts';

/**
 * The seam under everything that talks to Kafka: connections to the brokers of one cluster. Made by
 * `connectCluster` (kafkaConnection.ts); nothing outside this folder knows that kafkajs is underneath.
 */
export interface KafkaConnection {
  /** Brokers known from the last metadata. */
  brokers(): readonly { id: number; host: string; port: number }[];
  /** A logged-in connection to that broker. Throws {@link KafkaError} when it cannot be reached. */
  broker(id: number): Promise<BrokerConnection>;
  /** A connection to whichever broker answers. */
  anyBroker(): Promise<BrokerConnection>;
  /** Learns the brokers anew: after one could not be reached, or was added. */
  refresh(): Promise<void>;
  /** Destroys all sockets at once; pending requests reject. Never hangs. */
  close(): Promise<void>;
}

export interface BrokerConnection {
  readonly nodeId: number;
  /** API key -> versions the broker offers. */
  readonly versions: ReadonlyMap<number, { min: number; max: number }>;
  /**
   * Sends one message in the highest version both sides know.
   * Throws {@link KafkaError}: `unsupported-version` (a sentence names both ranges), `timeout`, `closed`, `cancelled`.
   */
  request<Request, Response>(
    message: WireMessage<Request, Response>,
    body: Request,
    options?: RequestOptions,
  ): Promise<Response>;
}

export interface RequestOptions {
  signal?: AbortSignal;
  /** ms; default: the profile's request timeout. */
  timeoutMs?: number;
  /** For what the broker may keep waiting: over a socket of its own, which only Fetch uses too, so that nothing else waits behind it. */
  aside?: boolean;
  /** Do not use a version above this. */
  maxVersion?: number;
}

/** One of our own wire messages: pure encode and decode (protocol/*.ts). */
export interface WireMessage<Request, Response> {
  readonly name: string;
  readonly apiKey: number;
  /** Versions this code can speak. */
  readonly minVersion: number;
  readonly maxVersion: number;
  /** First version with tagged fields and compact types (KIP-482). */
  readonly flexibleFrom: number;
  encode(writer: Writer, version: number, request: Request): void;
  decode(reader: Reader, version: number): Response;
}
