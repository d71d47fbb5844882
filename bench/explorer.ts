import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Kafka, logLevel } from 'kafkajs';
import { listable, partitionsKnown, withCluster } from './cluster.ts';
import { load } from './contest.ts';
import { countRequests } from './countRequests.ts';
import type { HostPauses } from './hostThread.ts';
import { median, verdict } from './judge.ts';

const ROUNDS = 5;
const TOPICS = 2_000;
const PARTITIONS = 10;
const GROUPS = 200;
const WIDE = 10_000;
/** ms that nothing may keep the host's event loop waiting. */
const PAUSE = 50;
/** ms over which an idle connection is watched. */
const IDLE = 30_000;

/** What the tree shows of a big cluster, and what kafkajs's admin client needs for the same facts. Returns the bars missed. */
export async function explorerBench(): Promise<number> {
  return withCluster(3, async (kafka, tool, client) => {
    await tool.run('create-many', 'tree', TOPICS, PARTITIONS);
    await listable(client, TOPICS * PARTITIONS);
    await tool.run('commit-many', 'group', GROUPS, 'tree-00000', PARTITIONS);
    const kafkajs = new Kafka({ brokers: kafka.bootstrap.split(','), logLevel: logLevel.NOTHING });
    const admin = kafkajs.admin();
    await admin.connect();
    console.log(
      `   Kafka ${kafka.version}, three brokers, load ${load()}, medians of ${ROUNDS}, both connected before`,
    );
    let missed = 0;
    const counted = countRequests(client.connection);

    const tree = await inTurns(
      async () => partitionsKnown(await client.offsets(await client.topics())),
      async () => {
        const { topics } = await admin.fetchTopicMetadata();
        const offsets = await inOrder(topics, (topic) => admin.fetchTopicOffsets(topic.name));
        return offsets.flat().length;
      },
    );
    const requests = counted.requests / ROUNDS;
    missed += report(`${TOPICS} topics x ${PARTITIONS} with both ends`, tree, { ms: 1_000, ratio: 15 });
    console.log(`     ${requests} requests each time for 3 brokers`);

    const groups = await inTurns(
      async () =>
        (await client.describeGroups()).reduce((sum, g) => sum + g.offsets.filter((o) => o.lag !== null).length, 0),
      async () => {
        const ids = (await admin.listGroups()).groups.map((g) => g.groupId);
        await admin.describeGroups(ids);
        const commits = await inOrder(ids, (groupId) => admin.fetchOffsets({ groupId }));
        const names = [...new Set(commits.flat().map((c) => c.topic))];
        await inOrder(names, (topic) => admin.fetchTopicOffsets(topic));
        return commits.flat().flatMap((c) => c.partitions).length;
      },
    );
    missed += report(`${GROUPS} groups x ${PARTITIONS} with lag`, groups, { ms: 300, ratio: 3 });
    await admin.disconnect();

    const before = process.cpuUsage();
    await setTimeout(IDLE);
    const { user, system } = process.cpuUsage(before);
    const perSecond = (user + system) / IDLE;
    missed += verdict(
      `idle, connected, over ${IDLE / 1000} s: ${perSecond.toFixed(2)} ms CPU a second`,
      perSecond < 5,
      '< 5 ms',
    );
    return missed;
  });
}

/** The longest that the tree over many topics keeps everything else of its thread waiting. Returns the bars missed. */
export async function loopBench(): Promise<number> {
  return withCluster(3, async ({ bootstrap }, tool, client) => {
    await tool.run('create-many', 'wide', WIDE, 1);
    await listable(client, WIDE);
    const thread = new Worker(new URL('hostThread.ts', import.meta.url), { workerData: { bootstrap, rounds: ROUNDS } });
    const [{ cold, warm, known }] = (await once(thread, 'message')) as [HostPauses];
    await once(thread, 'exit');
    if (known < WIDE) throw new Error(`only ${known} of ${WIDE} topics were known in full`);
    const what = `${WIDE} topics x 1 with ends and sizes in the tree: no pause longer than`;
    return (
      verdict(`${what} ${cold.toFixed(0)} ms the first time`, cold <= PAUSE, `${PAUSE} ms`) +
      verdict(`${what} ${median(warm).toFixed(0)} ms afterwards`, median(warm) <= PAUSE, `${PAUSE} ms`)
    );
  });
}

interface Turns {
  ours: number[];
  kafkajs: number[];
  facts: [ours: number, kafkajs: number];
}

/** Both, one after the other, so that a busy machine slows both alike; each returns how many facts it learned. */
async function inTurns(ours: () => Promise<number>, kafkajs: () => Promise<number>): Promise<Turns> {
  const turns: Turns = { ours: [], kafkajs: [], facts: [0, 0] };
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    turns.facts[0] = await ours();
    const between = performance.now();
    turns.facts[1] = await kafkajs();
    turns.ours.push(between - start);
    turns.kafkajs.push(performance.now() - between);
  }
  return turns;
}

function report(what: string, { ours, kafkajs, facts }: Turns, bar: { ms: number; ratio: number }): number {
  const [us, them] = [median(ours), median(kafkajs)];
  const text = `${what}: ours ${us.toFixed(0)} ms, kafkajs ${them.toFixed(0)} ms, ${(them / us).toFixed(1)}x`;
  const same = facts[0] === facts[1] ? '' : `; WRONG: ${facts[0]} facts, kafkajs ${facts[1]}`;
  return verdict(
    `${text}${same}`,
    us <= bar.ms && them / us >= bar.ratio && same === '',
    `${bar.ms} ms, ${bar.ratio}x`,
  );
}

/** One after the other: two `fetchTopicOffsets` of one kafkajs admin client at a time throw (its set of topics is shared). */
async function inOrder<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
