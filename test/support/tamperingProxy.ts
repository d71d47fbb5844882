import { once } from 'node:events';
import net from 'node:net';

/** Changes the bytes of an answer in place, after its length field. A promise holds it, and those behind it, back. */
export type Tamper = (answer: Buffer) => void | Promise<void>;

export interface TamperingProxy {
  /** host:port of the proxy. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Stands between a client and one broker, and changes what the broker answers: a real one sends nothing broken on demand. */
export async function startTamperingProxy(broker: string, tamper: Tamper): Promise<TamperingProxy> {
  const [host = '', port] = broker.split(':');
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    let waiting = Buffer.alloc(0);
    let sent: Promise<unknown> = Promise.resolve();
    upstream.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 4 && waiting.length >= 4 + waiting.readInt32BE(0)) {
        const end = 4 + waiting.readInt32BE(0);
        const answer = waiting.subarray(0, end);
        const held = tamper(answer.subarray(4));
        sent = sent.then(() => held).then(() => client.write(answer));
        waiting = waiting.subarray(end);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
