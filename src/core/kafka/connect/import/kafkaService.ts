import * as l10n from '@vscode/l10n';
import { missingSecrets, type Imported } from './imported.ts';

/** A container with ports published on this machine, as a compose file or Docker describes it. */
export interface Service {
  name: string;
  image: string;
  environment: ReadonlyMap<string, string>;
  /** The words after the image. */
  command: readonly string[];
  ports: readonly PublishedPort[];
}

export interface PublishedPort {
  published: number;
  /** Inside the container. */
  target: number;
}

/**
 * The Kafka clusters among the services, each reached through published ports. Where a listener advertises a name that
 * only containers know, the address is mapped. Brokers that name the same controllers are one cluster.
 */
export function importServices(services: readonly Service[]): Imported[] {
  const clusters = new Map<string, Imported>();
  for (const service of services) {
    const imported = ofService(service);
    if (!imported) continue;
    const key = quorumOf(service.environment) ?? service.name;
    const known = clusters.get(key);
    clusters.set(key, known ? together(known, imported) : imported);
  }
  return [...clusters.values()];
}

/** What tells brokers of one cluster from others; one that is its own controller names localhost or nobody. */
function quorumOf(environment: ReadonlyMap<string, string>): string | undefined {
  const named = setting(environment, 'CONTROLLER_QUORUM_VOTERS') ?? setting(environment, 'ZOOKEEPER_CONNECT');
  return named === undefined || /localhost|127\.0\.0\.1/.test(named) ? undefined : named;
}

function together(one: Imported, other: Imported): Imported {
  const addressMap = { ...one.profile.addressMap, ...other.profile.addressMap };
  return {
    ...one,
    profile: {
      ...one.profile,
      name: `${one.profile.name}, ${other.profile.name}`,
      bootstrap: [...one.profile.bootstrap, ...other.profile.bootstrap],
      ...(Object.keys(addressMap).length === 0 ? {} : { addressMap }),
    },
  };
}

/** Apache's and Confluent's images read `KAFKA_…`, Bitnami's `KAFKA_CFG_…`. */
const setting = (environment: ReadonlyMap<string, string>, name: string): string | undefined =>
  environment.get(`KAFKA_${name}`) ?? environment.get(`KAFKA_CFG_${name}`);

/** Without settings of its own it goes by the file in the image. */
const APACHE = /(^|\/)apache\/kafka(-native)?(:|@|$)/;

function ofService({ name, image, environment, command, ports }: Service): Imported | null {
  const own = APACHE.test(image) ? { listeners: 'PLAINTEXT://:9092', advertised: 'PLAINTEXT://localhost:9092' } : null;
  const advertised =
    setting(environment, 'ADVERTISED_LISTENERS') ?? option(command, 'advertise-kafka-addr') ?? own?.advertised;
  if (advertised === undefined && !/kafka|redpanda/i.test(image.replace(/.*\/(?=[^/]+$)/, ''))) return null;
  if (/ui|connect|registry|exporter|akhq|kafdrop|rest|console/i.test(image) && advertised === undefined) return null;
  if (setting(environment, 'PROCESS_ROLES') === 'controller') return null;
  const listeners = setting(environment, 'LISTENERS') ?? option(command, 'kafka-addr') ?? own?.listeners ?? '';
  const found = pick(ports, listenersOf(listeners), listenersOf(advertised ?? ''));
  if (!found) return null;
  const { published, listener } = found;
  const reachable = `localhost:${published}`;
  const profile: Imported['profile'] = { name, bootstrap: [reachable] };
  const notes: string[] = [];
  if (listener && !isLocal(listener.host, listener.port, published))
    profile.addressMap = { [`${listener.host}:${listener.port}`]: reachable };
  const protocol = protocolOf(listener?.name, environment);
  if (protocol.endsWith('SSL')) {
    profile.tls = {};
    notes.push(l10n.t('The listener uses TLS. Set the CA file of the certificate in it.'));
  }
  if (protocol.startsWith('SASL')) profile.sasl = { mechanism: mechanismOf(environment), username: '' };
  return { profile, secrets: {}, ask: missingSecrets(profile, {}), notes };
}

/** The value of `--name value` or `--name=value`; one word may hold both. */
function option(command: readonly string[], name: string): string | undefined {
  return new RegExp(`(?:^|\\s)--${name}[=\\s]+(\\S+)`).exec(command.join(' '))?.[1];
}

interface Listener {
  name: string;
  host: string;
  port: number;
}

/** `NAME://host:port,…`; Redpanda's have no name where there is only one. */
function listenersOf(text: string): Listener[] {
  return text.split(',').flatMap((part) => {
    const match = /^\s*(?:([A-Za-z0-9_]+):\/\/)?(.*):(\d+)\s*$/.exec(part);
    return match ? [{ name: match[1] ?? '', host: match[2] ?? '', port: Number(match[3]) }] : [];
  });
}

/** The published port of a client listener, and what that listener advertises. */
function pick(
  ports: readonly PublishedPort[],
  listeners: readonly Listener[],
  advertised: readonly Listener[],
): { published: number; listener: Listener | undefined } | null {
  const candidates = ports.map(({ published, target }) => {
    const name = listeners.find((l) => l.port === target)?.name;
    const listener =
      advertised.find((a) => a.name === name) ??
      advertised.find((a) => a.port === published) ??
      (advertised.length === 1 ? advertised[0] : undefined);
    return { published, listener };
  });
  const known = candidates.filter((c) => c.listener && !/CONTROLLER/i.test(c.listener.name));
  // A listener that advertises this machine is made for clients outside.
  return (
    known.find((c) => c.listener && isLocal(c.listener.host, c.listener.port, c.published)) ??
    known[0] ??
    (advertised.length === 0 ? (candidates[0] ?? null) : null)
  );
}

const isLocal = (host: string, port: number, published: number): boolean =>
  ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host) && port === published;

function protocolOf(listener: string | undefined, environment: ReadonlyMap<string, string>): string {
  if (listener === undefined) return 'PLAINTEXT';
  const entry = (setting(environment, 'LISTENER_SECURITY_PROTOCOL_MAP') ?? '')
    .split(',')
    .map((pair) => pair.trim().split(':'))
    .find(([name]) => name === listener);
  return (entry?.[1] ?? listener).toUpperCase();
}

function mechanismOf(environment: ReadonlyMap<string, string>): 'plain' | 'scram-sha-256' | 'scram-sha-512' {
  const enabled = [...environment]
    .filter(([key]) => key.includes('SASL_ENABLED_MECHANISMS'))
    .map(([, v]) => v.toUpperCase())
    .join(',');
  if (enabled.includes('SCRAM-SHA-512')) return 'scram-sha-512';
  return enabled.includes('SCRAM-SHA-256') ? 'scram-sha-256' : 'plain';
}
