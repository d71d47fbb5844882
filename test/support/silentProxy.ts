import { once } from 'node:events';
import net from 'node:net';

export interface SilentProxy {
  /** host:port of the proxy. */
  readonly address: string;
  /** From now on everything gets through, what has waited first. */
  speak(): void;
  stop(): Promise<void>;
}

/** Stands between a client and one broker: takes connections and every byte, and lets nothing through until told to. */
export async function startSilentProxy(broker: string): Promise<SilentProxy> {
  const [host = '', port] = broker.split(':');
  const sockets = new Set<net.Socket>();
  const held: net.Socket[] = [];
  let silent = true;
  const forward = (client: net.Socket) => {
    const upstream = net.connect(Number(port), host);
    keep(upstream);
    client.pipe(upstream).pipe(client);
  };
  const keep = (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = net.createServer((client) => {
    keep(client);
    if (silent) held.push(client);
    else forward(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    speak: () => {
      silent = false;
      for (const client of held.splice(0)) forward(client);
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
