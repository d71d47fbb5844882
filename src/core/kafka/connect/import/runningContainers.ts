import { execFile, type ExecFileException } from 'node:child_process';
import * as l10n from '@vscode/l10n';
import { KafkaError } from '../../transport/kafkaError.ts';
import type { Imported } from './imported.ts';
import { importServices, type PublishedPort, type Service } from './kafkaService.ts';

export interface DockerOptions {
  signal?: AbortSignal;
  /** ms for each of the two questions to Docker. Default 10,000. */
  timeoutMs?: number;
}

/** Bytes of one answer; a container's description takes some 10 KB. */
const MOST = 64 << 20;

/**
 * The Kafka clusters in running containers, as the `docker` command on the PATH tells them (Podman's stand-in too).
 * @throws {KafkaError} with a sentence: there is no such command, Docker does not answer or not in time, or `cancelled`.
 */
export async function importRunningContainers(options: DockerOptions = {}): Promise<Imported[]> {
  const ids = (await docker(['ps', '--quiet', '--no-trunc'], options)).split(/\s+/).filter((id) => id !== '');
  if (ids.length === 0) return [];
  const answer = await docker(['container', 'inspect', ...ids], options);
  let containers: unknown;
  try {
    containers = JSON.parse(answer);
  } catch (error) {
    throw new KafkaError(
      'malformed',
      l10n.t('What docker inspect says is not JSON. Is docker the command of Docker?'),
      {
        cause: error,
      },
    );
  }
  const projects = new Map<string, Service[]>();
  for (const { project, ...service } of list(containers).map(serviceOf))
    projects.set(project, [...(projects.get(project) ?? []), service]);
  // Copied examples name the same controllers: only containers of one compose project make a cluster.
  return [...projects].flatMap(([project, services]) =>
    project === '' ? services.flatMap((service) => importServices([service])) : importServices(services),
  );
}

function docker(args: readonly string[], { signal, timeoutMs = 10_000 }: DockerOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const limits = { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: MOST, windowsHide: true } as const;
    execFile('docker', args, { ...limits, ...(signal ? { signal } : {}) }, (error, stdout, stderr) => {
      // Of containers that are gone by now docker inspect complains, after it has told of the others.
      if (error && !(error.code === 1 && stdout.trimStart().startsWith('[')))
        reject(explain(error, stderr, timeoutMs, signal));
      else resolve(stdout);
    });
  });
}

function explain(error: ExecFileException, stderr: string, timeoutMs: number, signal?: AbortSignal): KafkaError {
  const cause = { cause: error };
  if (signal?.aborted) return new KafkaError('cancelled', l10n.t('Cancelled.'), cause);
  if (error.code === 'ENOENT') {
    const text = l10n.t(
      'There is no docker command on this machine’s PATH. Install Docker’s command line, or add the cluster by its address.',
    );
    return new KafkaError('tcp', text, cause);
  }
  if (error.killed) {
    const text = l10n.t('Docker did not answer within {0} s. Is it running? docker ps shows it.', timeoutMs / 1000);
    return new KafkaError('timeout', text, cause);
  }
  const said = stderr.trim().split('\n').at(-1) ?? '';
  const text = l10n.t(
    'Docker does not answer: {0} Start it, or see to it that you may use it; docker ps shows whether it works.',
    said === '' ? error.message : said,
  );
  return new KafkaError('closed', text, cause);
}

type Fields = Record<string, unknown>;
const record = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): string[] => list(value).filter((item) => typeof item === 'string');
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One container of `docker inspect`. */
function serviceOf(value: unknown): Service & { project: string } {
  const container = record(value);
  const config = record(container.Config);
  const environment = new Map(
    texts(config.Env).map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
  return {
    name: textOf(container.Name).replace(/^\//, ''),
    image: textOf(config.Image),
    environment,
    command: [...texts(config.Entrypoint), ...texts(config.Cmd)],
    ports: portsOf(record(record(container.NetworkSettings).Ports)),
    project: textOf(record(config.Labels)['com.docker.compose.project']),
  };
}

/** `{"9092/tcp": [{"HostIp": "0.0.0.0", "HostPort": "19092"}, …], "9093/tcp": null}`; each for IPv4 and IPv6. */
function portsOf(ports: Fields): PublishedPort[] {
  return Object.entries(ports).flatMap(([name, bindings]) => {
    const target = Number(/^(\d+)\/tcp$/.exec(name)?.[1]);
    const published = Number(record(list(bindings)[0]).HostPort);
    return target > 0 && published > 0 ? [{ published, target }] : [];
  });
}
