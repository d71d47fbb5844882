import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { importRunningContainers } from './runningContainers.ts';

// A `docker` on the PATH that answers what it is told to: a real child process, for Docker is not on every machine.

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'docker-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Puts the script first on the PATH; what it is called with stands in `calls`. */
async function docker(script: string): Promise<void> {
  const file = path.join(folder, 'docker');
  await writeFile(file, `#!/bin/sh\necho "$@" >> '${folder}/calls'\n${script}\n`);
  await chmod(file, 0o755);
  vi.stubEnv('PATH', `${folder}${path.delimiter}${process.env.PATH ?? ''}`);
}
const calls = async () => (await readFile(path.join(folder, 'calls'), 'utf8')).trim().split('\n');

/** Docker with those containers of test/fixtures/docker running. */
async function running(...names: string[]): Promise<string[]> {
  const files = names.map((name) => path.resolve('test/fixtures/docker', `${name}.json`));
  const containers = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).flatMap(
    (text) => JSON.parse(text) as { Id: string }[],
  );
  await writeFile(path.join(folder, 'inspect.json'), JSON.stringify(containers));
  const ids = containers.map((c) => c.Id);
  await docker(`case "$1" in ps) printf '%s\\n' ${ids.join(' ')};; *) cat '${folder}/inspect.json';; esac`);
  return ids;
}

const found = async () =>
  (await importRunningContainers()).map(({ profile: { name, ...rest }, ask }) => ({ name, ...rest, ask }));

it('asks which containers run, then about all of them at once', async () => {
  const ids = await running('apache', 'others');
  await importRunningContainers();
  expect(await calls()).toEqual(['ps --quiet --no-trunc', `container inspect ${ids.join(' ')}`]);
});

it('maps the address of apache/kafka, which goes by its own file, where another port is published', async () => {
  await running('apache');
  expect(await found()).toEqual([
    { name: 'events', bootstrap: ['localhost:19092'], addressMap: { 'localhost:9092': 'localhost:19092' }, ask: [] },
  ]);
});

it('takes the listener for clients outside of confluentinc/cp-kafka, not its JMX port', async () => {
  await running('confluent');
  expect(await found()).toEqual([{ name: 'shop-broker-1', bootstrap: ['localhost:9092'], ask: [] }]);
});

it('takes two brokers of bitnami/kafka with one quorum as one cluster, with a login', async () => {
  await running('bitnami');
  expect(await found()).toEqual([
    {
      name: 'trio-kafka-0-1, trio-kafka-1-1',
      bootstrap: ['localhost:9094', 'localhost:9095'],
      addressMap: { 'kafka-0:9092': 'localhost:9094', 'kafka-1:9092': 'localhost:9095' },
      sasl: { mechanism: 'scram-sha-512', username: '' },
      ask: ['password'],
    },
  ]);
});

it('takes Redpanda’s addresses from its command', async () => {
  await running('redpanda');
  expect(await found()).toEqual([{ name: 'redpanda-0', bootstrap: ['localhost:29092'], ask: [] }]);
});

it('finds the Kafka among everything else, and nothing where no port is published', async () => {
  await running('others', 'confluent', 'redpanda');
  expect((await found()).map((c) => c.name)).toEqual(['redpanda-0', 'shop-broker-1']);
  await running('others');
  expect(await found()).toEqual([]);
  await docker('true');
  expect(await found()).toEqual([]);
});

it('keeps the others when a container is gone between the two questions', async () => {
  await running('redpanda');
  await docker(
    `case "$1" in ps) echo a b;; *) cat '${folder}/inspect.json'; echo 'Error: No such container: b' >&2; exit 1;; esac`,
  );
  expect((await found()).map((c) => c.name)).toEqual(['redpanda-0']);
});

it('says that there is no docker command', async () => {
  vi.stubEnv('PATH', folder);
  await expect(importRunningContainers()).rejects.toThrow(
    'There is no docker command on this machine’s PATH. Install Docker’s command line, or add the cluster by its address.',
  );
});

it('says what Docker says when it does not answer', async () => {
  await docker(`echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is it running?' >&2; exit 1`);
  await expect(importRunningContainers()).rejects.toThrow(
    'Docker does not answer: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is it running? Start it, or see to it that you may use it; docker ps shows whether it works.',
  );
});

it('says that the answer is none', async () => {
  await docker('echo hello');
  await expect(importRunningContainers()).rejects.toThrow('What docker inspect says is not JSON.');
});

it('ends the command when it takes too long, and when the person cancels', async () => {
  await docker(`echo $$ > '${folder}/pid'; exec sleep 60`);
  await expect(importRunningContainers({ timeoutMs: 300 })).rejects.toMatchObject({
    kind: 'timeout',
    message: 'Docker did not answer within 0.3 s. Is it running? docker ps shows it.',
  });
  await rm(path.join(folder, 'pid'), { force: true });
  const controller = new AbortController();
  const waiting = importRunningContainers({ signal: controller.signal });
  const written = async () => Number(await readFile(path.join(folder, 'pid'), 'utf8').catch(() => ''));
  await expect.poll(written).toBeGreaterThan(0);
  const pid = await written();
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
  await expect.poll(() => !runs(pid)).toBe(true);
});

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
