// What is used of kafkajs 2.2.4 beneath its public types; kafkajs.ts checks at run time that it is there.

interface KafkajsLoggerLike {
  namespace(name: string): KafkajsLoggerLike;
}

interface KafkajsConnectionLike {
  isConnected(): boolean;
  connect(): Promise<unknown>;
  disconnect(): Promise<unknown>;
  chunks: Buffer[];
  bytesBuffered: number;
  bytesNeeded: number;
  socket: { destroyed: boolean; destroy(error: Error): unknown } | undefined;
  send(message: {
    request: { apiKey: number; apiVersion: number; apiName: string; encode(): Promise<unknown> };
    response: { decode(raw: Buffer): Promise<Buffer>; parse(raw: Buffer): Promise<Buffer> };
    requestTimeout: number;
    logResponseError: boolean;
  }): Promise<Buffer>;
}

interface KafkajsBrokerLike {
  nodeId: number | null;
  versions: Record<string, { minVersion: number; maxVersion: number }> | null;
  connectionPool: {
    host: string;
    port: number;
    /** The second one carries Fetch. */
    pool: [KafkajsConnectionLike, KafkajsConnectionLike];
    /** One of the two, connected. */
    getConnection(index: 0 | 1): Promise<KafkajsConnectionLike>;
  };
}

declare module 'kafkajs/src/cluster/index.js' {
  export default class Cluster {
    constructor(options: object);
    brokerPool: {
      seedBroker: KafkajsBrokerLike | undefined;
      metadata: { brokers: { nodeId: number; host: string; port: number }[] } | null;
      refreshMetadata(topics: string[]): Promise<unknown>;
      findConnectedBroker(): Promise<KafkajsBrokerLike>;
      findBroker(options: { nodeId: number }): Promise<KafkajsBrokerLike>;
    };
    connect(): Promise<void>;
    disconnect(): Promise<void>;
  }
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    writeBufferInternal(bytes: Buffer): void;
  }
}

declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    pending: unknown[];
    throttledUntil: number;
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
  }
}

declare module 'kafkajs/src/network/connection.js' {
  export default class Connection implements KafkajsConnectionLike {
    isConnected(): boolean;
    connect(): Promise<unknown>;
    disconnect(): Promise<unknown>;
    chunks: Buffer[];
    bytesBuffered: number;
    bytesNeeded: number;
    socket: KafkajsConnectionLike['socket'];
    send: KafkajsConnectionLike['send'];
    processData(bytes: Buffer): void;
  }
}

declare module 'kafkajs/src/protocol/requests/index.js' {
  interface Request<Options, Answer> {
    protocol: (options: {
      version: number;
    }) => (options: Options) => { response: { parse(decoded: Answer): Promise<unknown> } };
  }
  interface Handshake {
    errorCode: number;
    enabledMechanisms: string[];
  }
  const requests: {
    requests: { Metadata: Request<unknown, unknown>; SaslHandshake: Request<{ mechanism: string }, Handshake> };
  };
  export default requests;
}

declare module 'kafkajs/src/loggers/index.js' {
  type Creator = (level: number) => (entry: { level: number; namespace: string; log: { message: string } }) => void;
  const loggers: {
    createLogger(options: { level: number; logCreator: Creator }): KafkajsLoggerLike;
    LEVELS: { ERROR: number; WARN: number; NOTHING: number };
  };
  export default loggers;
}
