import { lookup } from 'node:dns/promises';
import net from 'node:net';
import tls from 'node:tls';
import { withDeadline } from '../transport/deadline.ts';
import { serverNameFor, type SocketFailure, type SocketPhase } from '../transport/sockets.ts';

export interface Address {
  host: string;
  port: number;
}

/** A probe that failed: what the socket saw. */
export class ProbeFailure extends Error {
  readonly failure: SocketFailure;

  constructor(phase: SocketPhase, error: Error, { host, port }: Address) {
    super(error.message);
    this.failure = { phase, error, dialled: `${host}:${port}`, received: 0 };
  }
}

export interface ProbeLimits {
  signal?: AbortSignal | undefined;
  timeoutMs: number;
}

const timedOut = () => Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' });

/** The addresses of a host name. */
export async function probeDns(address: Address, { signal, timeoutMs }: ProbeLimits): Promise<string[]> {
  if (net.isIP(address.host)) return [address.host];
  try {
    const found = await withDeadline(lookup(address.host, { all: true }), { signal, timeoutMs, onTimeout: timedOut });
    return found.map((f) => f.address);
  } catch (error) {
    signal?.throwIfAborted();
    throw new ProbeFailure('dns', asError(error), address);
  }
}

export async function probeTcp(address: Address, limits: ProbeLimits): Promise<void> {
  await opened(net.connect(address), 'connect', 'tcp', address, limits);
}

export interface TlsFacts {
  protocol: string;
  subject: string;
  validTo: string;
  /** Hex, lower case. */
  sha256: string;
}

/** A whole TLS handshake; `options` decide what is trusted. */
export async function probeTls(
  address: Address,
  options: tls.ConnectionOptions,
  limits: ProbeLimits,
): Promise<TlsFacts> {
  const socket = tls.connect({ ...serverNameFor(address.host, address.host), ...options, ...address });
  return await opened(socket, 'secureConnect', 'tls', address, limits, () => {
    const certificate = socket.getPeerCertificate();
    return {
      protocol: socket.getProtocol() ?? 'TLS',
      subject: String(certificate.subject.CN ?? certificate.subjectaltname ?? ''),
      validTo: certificate.valid_to,
      sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    };
  });
}

/** Does this port speak TLS? Whom it trusts does not matter: a handshake that gets to an alert speaks it too. */
export async function speaksTls(address: Address, limits: ProbeLimits): Promise<boolean> {
  try {
    await probeTls(address, { rejectUnauthorized: false }, limits);
    return true;
  } catch (error) {
    return error instanceof ProbeFailure && /alert/i.test(error.message);
  }
}

async function opened<T>(
  socket: net.Socket,
  event: 'connect' | 'secureConnect',
  phase: SocketPhase,
  address: Address,
  { signal, timeoutMs }: ProbeLimits,
  read?: () => T,
): Promise<T> {
  const opening = new Promise<T>((resolve, reject) => {
    socket.once(event, () => resolve(read?.() as T));
    socket.once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed by the other side'), { code: 'EOF' })));
  });
  try {
    return await withDeadline(opening, { signal, timeoutMs, onTimeout: timedOut });
  } catch (error) {
    signal?.throwIfAborted();
    throw new ProbeFailure(phase, asError(error), address);
  } finally {
    // After the wait nobody listens any more; an error of a socket that is being destroyed concerns nobody.
    socket.on('error', () => undefined);
    socket.destroy();
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
