import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { cacheDir } from '../cache.ts';
import { labSources } from './javaRuntime.ts';
import { answers, run } from './processes.ts';
import { JVM_FLAGS, type CommandLine, type KafkaRuntime, type Log } from './runtime.ts';

/** Has a compiler, which Kafka's own image has not. */
const COMPILER_IMAGE = 'eclipse-temurin:17-jdk';

export async function missingForDocker(): Promise<string[]> {
  if ((await answers(['docker', '--version'])) === undefined) return ['no docker command: install Docker'];
  if ((await answers(['docker', 'version', '--format', '{{.Server.Version}}'])) === undefined)
    return ['the docker command gets no answer from its daemon: start Docker'];
  return [];
}

/**
 * The same classes as on the machine's own Java, run by the image `apache/kafka`: brokers in one container with their
 * ports published under the numbers they advertise, the tool in that container's network.
 */
export async function dockerRuntime(version: string, log: Log): Promise<KafkaRuntime> {
  const image = `apache/kafka:${version}`;
  const classes = await compile(version, image, log);
  const java = (options: string[], heap: string, main: string, ...args: string[]): CommandLine => [
    ...(['docker', 'run', '--rm', '-i', '--init', '-v', `${classes}:/lab:ro`, ...options] as const),
    ...['--entrypoint', 'java', image, ...JVM_FLAGS, heap, '-cp', '/lab:/opt/kafka/libs/*', main, ...args],
  ];
  return {
    version,
    bind: '0.0.0.0',
    brokers: (dir, ports) => {
      const published = ports.flatMap((port) => ['-p', `127.0.0.1:${port}:${port}`]);
      const options = ['--name', path.basename(dir), ...asUs(), '-v', `${dir}:${dir}`, ...published];
      return java(options, '-Xmx768m', 'lab.Brokers', dir);
    },
    tool: (dir) => java(['--network', dir ? `container:${path.basename(dir)}` : 'host'], '-Xmx2g', 'lab.Tool'),
  };
}

/** What a container writes into our folders must be ours to move and remove. */
const asUs = (): string[] => (process.getuid ? ['--user', `${process.getuid()}:${process.getgid?.() ?? 0}`] : []);

async function compile(version: string, image: string, log: Log): Promise<string> {
  const sources = await labSources(version);
  const hash = createHash('sha256');
  for (const source of sources) hash.update(await fs.readFile(source));
  const cache = cacheDir('kafka', `docker-${version}`);
  const classes = path.join(cache, `classes-${hash.digest('hex').slice(0, 12)}`);
  if (await fs.stat(classes).catch(() => undefined)) return classes;
  log(`pulling ${image} and compiling the Kafka lab (once) …`);
  await fs.mkdir(cache, { recursive: true });
  const work = await fs.mkdtemp(path.join(cache, 'compile-'));
  try {
    const container = (await run(['docker', 'create', image])).trim();
    await run(['docker', 'cp', `${container}:/opt/kafka/libs`, path.join(work, 'libs')]);
    await run(['docker', 'rm', container]);
    for (const source of sources) await fs.copyFile(source, path.join(work, path.basename(source)));
    const names = sources.map((source) => path.basename(source));
    await run([
      ...(['docker', 'run', '--rm', ...asUs(), '-v', `${work}:/work`, '-w', '/work', COMPILER_IMAGE] as const),
      ...['javac', '--release', '17', '-cp', 'libs/*', '-d', 'classes', ...names],
    ]);
    await fs.rename(path.join(work, 'classes'), classes);
  } finally {
    await fs.rm(work, { recursive: true, force: true });
  }
  return classes;
}
