import net from 'node:net';
import tls from 'node:tls';
import { Frames } from './frames.ts';

/** How far a socket got: what to look at when it fails. */
export type SocketPhase = 'dns' | 'tcp' | 'tls' | 'open';

/** Why a socket ended, kept by the address that was asked for. */
export interface SocketFailure {
  phase: SocketPhase;
  error: Error;
  /** The address that was dialled: differs from the broker's own where addresses are mapped. */
  dialled: string;
  /** Bytes the other side sent before it ended. */
  received: number;
}

export interface SocketSettings {
  /** `host:port` as a broker advertises it -> `host:port` that can be reached. */
  addressMap: Record<string, string>;
  /** Stand-ins of addresses that kafkajs cannot read, each with the address that it stands for. */
  aliases: Record<string, string>;
  tls: tls.ConnectionOptions | null;
  /** sha256 of the only certificate to accept, hex without colons, lower case. */
  pinnedSha256: string | undefined;
  /** ms for TCP and TLS together. */
  connectTimeoutMs: number;
}

interface SocketRequest {
  host: string;
  port: number;
  onConnect: () => void;
}

const KEEP_ALIVE_MS = 60_000;

/** `host:port`, `[v6]:port` or a bare host with Kafka's usual port. */
export function parseAddress(address: string): { host: string; port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(address.trim());
  const host = match?.[1] ?? match?.[2];
  if (host === undefined) return { host: address, port: Number.NaN };
  return { host, port: match?.[3] === undefined ? 9092 : Number(match[3]) };
}

export const formatAddress = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/**
 * Makes every socket of one cluster and keeps them, so that all can be destroyed at once: that is how waiting ends
 * immediately. Also turns what kafkajs does not listen to (a bare `close`, a frame of 2 GB) into an error it handles.
 */
export class Sockets {
  readonly #settings: SocketSettings;
  readonly #open = new Map<net.Socket, string>();
  /** Asked-for `host:port` -> why its last socket ended. */
  readonly failures = new Map<string, SocketFailure>();
  #closed: Error | null = null;

  constructor(settings: SocketSettings) {
    this.#settings = settings;
  }

  /** Destroys every socket, or those to one address; their pending requests reject with `error`. */
  destroy(error: Error, address?: string): void {
    if (address === undefined) this.#closed = error;
    for (const [socket, to] of this.#open) if (address === undefined || to === address) socket.destroy(error);
  }

  /** kafkajs's `socketFactory`. */
  readonly create = ({ host, port, onConnect }: SocketRequest): net.Socket => {
    const asked = formatAddress(host, port);
    if (this.#closed) throw this.#closed;
    const { pinnedSha256, addressMap, aliases } = this.#settings;
    const advertised = aliases[asked] ?? asked;
    const target = parseAddress(addressMap[advertised] ?? advertised);
    const frames = new Frames();
    const onread = {
      buffer: () => frames.room(),
      callback: (bytes: number): boolean => {
        received += bytes;
        const frame = frames.take(bytes);
        if (frame instanceof Error) socket.destroy(frame);
        else if (frame !== null) socket.emit('data', frame);
        return true;
      },
    };
    const socket: net.Socket = this.#settings.tls
      ? tls.connect({
          ...serverNameFor(parseAddress(advertised).host, target.host),
          ...this.#settings.tls,
          ...target,
          onread,
        } as tls.ConnectionOptions)
      : net.connect({ ...target, onread });
    let phase: SocketPhase = net.isIP(target.host) ? 'tcp' : 'dns';
    let received = 0;
    let finished = false;

    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error('connection timeout'), { code: 'ETIMEDOUT' }));
    }, this.#settings.connectTimeoutMs);
    const fail = (error: Error) => {
      finished = true;
      clearTimeout(timer);
      this.failures.set(asked, { phase, error, dialled: formatAddress(target.host, target.port), received });
    };
    const opened = () => {
      clearTimeout(timer);
      phase = 'open';
      onConnect();
    };

    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.once('lookup', (error) => {
      if (!error) phase = 'tcp';
    });
    socket.once('connect', () => {
      phase = 'tls';
      if (!(socket instanceof tls.TLSSocket)) opened();
    });
    if (socket instanceof tls.TLSSocket) {
      socket.once('secureConnect', () => {
        const seen = socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase();
        if (pinnedSha256 !== undefined && seen !== pinnedSha256) {
          socket.destroy(
            Object.assign(new Error(`certificate ${seen} is not the pinned one`), { code: 'PINNED_CERTIFICATE' }),
          );
        } else opened();
      });
    }
    socket.on('error', fail);
    socket.once('end', () => fail(Object.assign(new Error('closed by the other side'), { code: 'EOF' })));
    socket.once('close', () => {
      clearTimeout(timer);
      this.#open.delete(socket);
      // kafkajs has no `close` listener: a tunnel that hangs up without an end would leave its requests waiting.
      if (!finished) socket.emit('error', Object.assign(new Error('closed by the other side'), { code: 'EOF' }));
    });
    this.#open.set(socket, asked);
    return socket;
  };
}

/**
 * The name that a certificate has to have: the broker's own, also where a tunnel leads to it, for that is what clients beside
 * the broker check. RFC 6066: a server name is a DNS name, never an IP address.
 */
export function serverNameFor(advertised: string, dialled: string): { servername?: string } {
  const name = net.isIP(advertised) ? dialled : advertised;
  return net.isIP(name) ? {} : { servername: name };
}
