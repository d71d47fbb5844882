import { loadAll, YAML11_SCHEMA } from 'js-yaml';
import type { Imported } from './imported.ts';
import { importServices, type PublishedPort } from './kafkaService.ts';

/** The Kafka services of a docker compose file. Throws js-yaml's error for text that is not YAML. */
export function importCompose(text: string): Imported[] {
  const services = record(record(loadAll(text, { schema: YAML11_SCHEMA })[0]).services);
  return importServices(
    Object.entries(services).map(([name, value]) => {
      const service = record(value);
      return {
        name,
        image: textOf(service.image),
        environment: environmentOf(service.environment),
        command: Array.isArray(service.command) ? service.command.map(textOf) : [textOf(service.command)],
        ports: list(service.ports).flatMap(publishedPort),
      };
    }),
  );
}

type Fields = Record<string, unknown>;
const record = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

function environmentOf(value: unknown): Map<string, string> {
  if (!Array.isArray(value)) return new Map(Object.entries(record(value)).map(([key, v]) => [key, textOf(v)]));
  return new Map(
    value.map(textOf).map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
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
