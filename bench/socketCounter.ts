import { once } from 'node:events';
import net from 'node:net';

/** Stands between a client and its brokers and knows which of its sockets are open. */
export class SocketCounter {
  /** For a profile: the brokers' addresses and those to dial instead. */
  readonly addressMap: Record<string, string> = {};
  /** So many sockets the client has closed. */
  closed = 0;
  readonly #servers: net.Server[] = [];
  readonly #sockets = new Set<net.Socket>();
  #wake = (): void => undefined;

  static async before(brokers: readonly string[]): Promise<SocketCounter> {
    const counter = new SocketCounter();
    for (const broker of brokers) await counter.#standBefore(broker);
    return counter;
  }

  get open(): number {
    return this.#sockets.size;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => once(server.close(), 'close')));
  }

  async #standBefore(broker: string): Promise<void> {
    const at = broker.lastIndexOf(':');
    const target = { host: broker.slice(0, at), port: Number(broker.slice(at + 1)) };
    const server = net.createServer((socket) => {
      const onwards = net.connect(target);
      this.#sockets.add(socket);
      socket.pipe(onwards).pipe(socket);
      const ended = () => {
        if (this.#sockets.delete(socket)) this.closed++;
        socket.destroy();
        onwards.destroy();
        this.#wake();
      };
      for (const side of [socket, onwards]) side.on('error', ended).on('close', ended).on('end', ended);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.#servers.push(server);
    this.addressMap[broker] = `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
  }
}
