import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { cacheDir } from '../cache.ts';
import { answers, run } from './processes.ts';
import { JVM_FLAGS, loggingFlags, type CommandLine, type KafkaRuntime, type Log } from './runtime.ts';

const JAR_LIST = 'jars.json';
const SOURCES = new URL('./java/lab/', import.meta.url);

/** What is missing on this machine to run that Kafka with its own Java; empty when nothing is. */
export async function missingForJava(version: string): Promise<string[]> {
  const cached = (await cachedJars(cacheDir('kafka', version))) !== undefined;
  const [javac, maven] = await Promise.all([answers(['javac', '-version']), cached || answers(['mvn', '-version'])]);
  const release = Number(/javac (\d+)/.exec(javac ?? '')?.[1] ?? 0);
  return [
    ...(javac === undefined ? ['no Java compiler (javac): install a JDK, 17 or newer'] : []),
    ...(javac !== undefined && release < 17 ? [`Java ${release} is too old: install a JDK, 17 or newer`] : []),
    ...(maven === undefined ? ['no Maven (mvn), which fetches the jars of Apache Kafka: install it'] : []),
  ];
}

/**
 * Apache Kafka's jars by Maven and our classes compiled against them, both cached per version. The first run also leaves
 * an archive of loaded classes (AppCDS), which halves later starts.
 */
export async function javaRuntime(version: string, log: Log): Promise<KafkaRuntime> {
  const cache = cacheDir('kafka', version);
  await fs.mkdir(cache, { recursive: true });
  const jars = await fetchJars(version, cache, log);
  const { jar, key } = await compile(version, jars, cache, log);
  // Listed one by one: the archive is valid for exactly this order.
  const classPath = [jar, ...jars].join(path.delimiter);
  const archive = path.join(cache, `classes-${key}.jsa`);
  const archived = await exists(archive);
  const fresh = `${archive}.${process.pid}`;
  // Without the archive, or with a stale one, the JVM merely starts more slowly.
  const share = archived ? [`-XX:SharedArchiveFile=${archive}`, '-Xshare:auto'] : [];
  const nodes = (dir: string, log: string): CommandLine => [
    'java',
    ...[...JVM_FLAGS, '-Xmx768m', ...share, ...loggingFlags(path.join(dir, log))],
  ];
  return {
    version,
    bind: '127.0.0.1',
    brokers: (dir) => [
      ...nodes(dir, 'kafka.log'),
      ...(archived ? [] : [`-XX:ArchiveClassesAtExit=${fresh}`, '-Dlab.archive=true']),
      ...['-cp', classPath, 'lab.Brokers', dir],
    ],
    broker: (dir, node) => [...nodes(dir, `kafka-${node}.log`), '-cp', classPath, 'lab.Brokers', dir, String(node)],
    tool: () => [
      'java',
      ...[...JVM_FLAGS, '-Xmx2g', ...share, ...loggingFlags('System.err')],
      ...['-cp', classPath, 'lab.Tool'],
    ],
    ended: async () => {
      if (!(await exists(fresh))) return;
      for (const old of (await fs.readdir(cache)).filter((f) => f.endsWith('.jsa'))) await fs.rm(path.join(cache, old));
      await fs.rename(fresh, archive);
    },
  };
}

/** The class path that an earlier run wrote down, unless a jar of it is gone. */
async function cachedJars(cache: string): Promise<string[] | undefined> {
  const list = path.join(cache, JAR_LIST);
  if (!(await exists(list))) return undefined;
  const jars = JSON.parse(await fs.readFile(list, 'utf8')) as string[];
  return (await Promise.all(jars.map(exists))).every(Boolean) ? jars : undefined;
}

/** The class path of a broker as Maven resolves it. The jars stay in Maven's own repository. */
export async function fetchJars(version: string, cache: string, log: Log): Promise<string[]> {
  const cached = await cachedJars(cache);
  if (cached) return cached;
  log(`fetching Apache Kafka ${version} with Maven (45 MB, once) …`);
  const pom = path.join(cache, 'pom.xml');
  await fs.writeFile(pom, projectFor(version));
  const output = path.join(cache, `class-path.${process.pid}`);
  const goal = ['dependency:build-classpath', '-DincludeScope=runtime', `-Dmdep.outputFile=${output}`];
  await run(['mvn', '-B', '-q', '-f', pom, ...goal]);
  const jars = (await fs.readFile(output, 'utf8')).trim().split(path.delimiter);
  await fs.rm(output);
  await fs.writeFile(path.join(cache, JAR_LIST), JSON.stringify(jars, null, 1));
  return jars;
}

const projectFor = (version: string): string => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>lab</groupId><artifactId>lab</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

async function compile(
  version: string,
  jars: string[],
  cache: string,
  log: Log,
): Promise<{ jar: string; key: string }> {
  const sources = await labSources(version);
  const hash = createHash('sha256')
    .update((await answers(['java', '-version'])) ?? '')
    .update(jars.join());
  for (const source of sources) hash.update(await fs.readFile(source));
  const key = hash.digest('hex').slice(0, 12);
  const jar = path.join(cache, `lab-${key}.jar`);
  if (await exists(jar)) return { jar, key };
  log('compiling the Kafka lab …');
  const work = await fs.mkdtemp(path.join(cache, 'compile-'));
  try {
    await run(['javac', '--release', '17', '-cp', jars.join(path.delimiter), '-d', work, ...sources]);
    const made = path.join(work, 'lab.jar');
    await run(['jar', 'cf', made, '-C', work, 'lab']);
    await fs.rename(made, jar);
  } finally {
    await fs.rm(work, { recursive: true });
  }
  return { jar, key };
}

/** Our Java sources; those of java/lab/since4 use what Kafka 3.x does not have, those of before4 what 4.x has no more. */
export async function labSources(version: string): Promise<string[]> {
  const folders = [SOURCES, new URL(version.startsWith('3.') ? 'before4/' : 'since4/', SOURCES)];
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await fs.readdir(folder)).filter((f) => f.endsWith('.java')).map((f) => path.join(folder.pathname, f)),
    ),
  );
  return found.flat().sort();
}

const exists = (file: string): Promise<boolean> =>
  fs.access(file).then(
    () => true,
    () => false,
  );
