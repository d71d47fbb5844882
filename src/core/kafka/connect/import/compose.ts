import { loadAll, YAML11_SCHEMA } from 'js-yaml';
import * as l10n from '@vscode/l10n';
import { missingSecrets, type Imported } from './imported.ts';

/**
 * The Kafka services of a docker compose file, each reached through a published port. Where the listener on that port
 * advertises a name that only containers know, the address is mapped. Throws js-yaml's error for text that is not YAML.
 */
export function importCompose(text: string): Imported[] {
  const services = record(record(loadAll(text, { schema: YAML11_SCHEMA })[0]).services);
  return Object.entries(services).flatMap(([name, service]) => {
    const imported = ofService(name, record(service));
    return imported ? [imported] : [];
  });
}

type Fields = Record<string, unknown>;
const record = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function ofService(name: string, service: Fields): Imported | null {
  const environment = environmentOf(service.environment);
  const image = typeof service.image === 'string' ? service.image : '';
  const advertised = environment.get('KAFKA_ADVERTISED_LISTENERS') ?? environment.get('KAFKA_CFG_ADVERTISED_LISTENERS');
  if (advertised === undefined && !/kafka|redpanda/i.test(image.replace(/.*\/(?=[^/]+$)/, ''))) return null;
  if (/ui|connect|registry|exporter|akhq|kafdrop|rest/i.test(image) && advertised === undefined) return null;
  const ports = list(service.ports).flatMap(publishedPort);
  if (ports.length === 0) return null;
  const listeners = listenersOf(environment.get('KAFKA_LISTENERS') ?? environment.get('KAFKA_CFG_LISTENERS') ?? '');
  const advertisedListeners = listenersOf(advertised ?? '');
  const found = pick(ports, listeners, advertisedListeners);
  if (!found) return null;
  const { published, listener } = found;
  const reachable = `localhost:${published}`;
  const profile: Imported['profile'] = { name, bootstrap: [reachable] };
  const notes: string[] = [];
  if (
    listener &&
    `${listener.host}:${listener.port}` !== reachable &&
    !isLocal(listener.host, listener.port, published)
  ) {
    profile.addressMap = { [`${listener.host}:${listener.port}`]: reachable };
  }
  const protocol = protocolOf(listener?.name, environment);
  if (protocol.endsWith('SSL')) {
    profile.tls = {};
    notes.push(l10n.t('The listener uses TLS. Set the CA file of the certificate in it.'));
  }
  if (protocol.startsWith('SASL')) profile.sasl = { mechanism: mechanismOf(environment), username: '' };
  return { profile, secrets: {}, ask: missingSecrets(profile, {}), notes };
}

function environmentOf(value: unknown): Map<string, string> {
  const text = (v: unknown): string =>
    typeof v === 'string' || typeof v === 'number' || typeof v === 'boolean' ? String(v) : '';
  if (Array.isArray(value)) {
    return new Map(
      value.map(text).map((line) => {
        const at = line.indexOf('=');
        return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
      }),
    );
  }
  return new Map(Object.entries(record(value)).map(([key, v]) => [key, text(v)]));
}

interface PublishedPort {
  published: number;
  target: number;
}

/** `"9092:9092"`, `"127.0.0.1:29092:9092/tcp"` or the long form; ranges and ports chosen by Docker are left out. */
function publishedPort(value: unknown): PublishedPort[] {
  if (typeof value !== 'string') {
    const { published, target } = record(value);
    const pair = { published: Number(published), target: Number(target) };
    return pair.published > 0 && pair.target > 0 ? [pair] : [];
  }
  const text = value.replace(/\$\{[^:}]+:-(\d+)\}/g, '$1');
  const match = /^(?:(?:\[[^\]]*\]|[\d.]+|localhost):)?(\d+):(\d+)(?:\/tcp)?$/.exec(text);
  return match ? [{ published: Number(match[1]), target: Number(match[2]) }] : [];
}

interface Listener {
  name: string;
  host: string;
  port: number;
}

function listenersOf(text: string): Listener[] {
  return text.split(',').flatMap((part) => {
    const match = /^\s*([A-Za-z0-9_]+):\/\/(.*):(\d+)\s*$/.exec(part);
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
  const map =
    environment.get('KAFKA_LISTENER_SECURITY_PROTOCOL_MAP') ??
    environment.get('KAFKA_CFG_LISTENER_SECURITY_PROTOCOL_MAP') ??
    '';
  const entry = map
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
