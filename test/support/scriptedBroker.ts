import { once } from 'node:events';
import net from 'node:net';

/** One request as it came. */
export interface ScriptedRequest {
  apiKey: number;
  apiVersion: number;
  correlationId: number;
  /** After the request header. */
  body: Buffer;
}

/**
 * What a scripted broker does with a request: bytes to send as they are (frame and all), `null` for silence, or
 * `'hang up'`.
 */
export type Script = (request: ScriptedRequest, broker: ScriptedBroker) => Buffer | null | 'hang up';

export interface ScriptedBroker {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  /** Requests so far, by API key. */
  readonly seen: number[];
  /** Ends every open connection; new ones are welcome. */
  hangUp(): void;
  stop(): Promise<void>;
}

/** A broker of node:net that does what a real one will not do on demand. */
export async function startScriptedBroker(script: Script): Promise<ScriptedBroker> {
  const sockets = new Set<net.Socket>();
  const seen: number[] = [];
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    let buffered = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      buffered = Buffer.concat([buffered, chunk]);
      while (buffered.length >= 4 && buffered.length >= 4 + buffered.readInt32BE(0)) {
        const request = parseRequest(buffered.subarray(4, 4 + buffered.readInt32BE(0)));
        buffered = buffered.subarray(4 + buffered.readInt32BE(0));
        seen.push(request.apiKey);
        const answer = script(request, broker);
        if (answer === 'hang up') socket.destroy();
        else if (answer) socket.write(answer);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const broker: ScriptedBroker = {
    host: '127.0.0.1',
    port,
    address: `127.0.0.1:${port}`,
    seen,
    hangUp: () => {
      for (const socket of sockets) socket.end();
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return broker;
}

function parseRequest(frame: Buffer): ScriptedRequest {
  const clientId = frame.readInt16BE(8);
  return {
    apiKey: frame.readInt16BE(0),
    apiVersion: frame.readInt16BE(2),
    correlationId: frame.readInt32BE(4),
    body: frame.subarray(10 + Math.max(0, clientId)),
  };
}

/** An answer in its frame. */
export function frame(correlationId: number, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(4 + body.length, 0);
  head.writeInt32BE(correlationId, 4);
  return Buffer.concat([head, body]);
}

const int16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const string = (text: string): Buffer => Buffer.concat([int16(text.length), Buffer.from(text)]);

/** ApiVersions, versions 1 and 2: these keys in these versions. */
const apiVersionsAnswer = (keys: readonly [key: number, min: number, max: number][]): Buffer =>
  Buffer.concat([int16(0), int32(keys.length), ...keys.map((k) => Buffer.concat(k.map(int16))), int32(0)]);

/** Metadata, versions 5 and 6: this broker alone, node 1, no topic. */
const metadataAnswer = ({ host, port }: ScriptedBroker): Buffer =>
  Buffer.concat([
    int32(0),
    int32(1),
    int32(1),
    string(host),
    int32(port),
    int16(-1),
    string('scripted'),
    int32(1),
    int32(0),
  ]);

/** Lets a client connect: answers ApiVersions and Metadata, leaves the rest to `script`. */
export function connecting(keys: readonly [number, number, number][], script: Script): Script {
  return (request, broker) => {
    if (request.apiKey === 18) return frame(request.correlationId, apiVersionsAnswer([[18, 0, 2], [3, 0, 6], ...keys]));
    if (request.apiKey === 3) return frame(request.correlationId, metadataAnswer(broker));
    return script(request, broker);
  };
}
