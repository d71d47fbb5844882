import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { Kafka, logLevel } from 'kafkajs';
import type { ClusterProfile } from '../src/core/kafka/profile.ts';
import { readRanges } from '../src/core/kafka/read/readRanges.ts';
import { resolveRanges } from '../src/core/kafka/read/resolveRanges.ts';
import { connectCluster } from '../src/core/kafka/transport/kafkaConnection.ts';
import type { Look } from '../src/shared/messagesPage.ts';
import { openTool } from '../test/support/kafka/tool.ts';
import { useKafka } from '../test/support/kafka/useKafka.ts';
import { buildProduct } from './buildProduct.ts';
import { load } from './contest.ts';
import { countRequests } from './countRequests.ts';
import { median, verdict } from './judge.ts';
import { longestPause } from './longestPause.ts';
import { PageStandIn, readSpec } from './pageStandIn.ts';
import { SocketCounter } from './socketCounter.ts';

const WORKER = path.join(import.meta.dirname, '../dist/scanWorker.js');
const PARTITIONS = 12;
const MIB = 1 << 20;

/** The messages page behind its border: the real worker, with this thread as the extension host. Returns the bars missed. */
export async function pageBench({ short }: { short: boolean }): Promise<number> {
  const rounds = short ? 3 : 9;
  buildProduct();
  const kafka = await useKafka({
    extra: { 'group.initial.rebalance.delay.ms': String(GROUP_WAIT) },
    log: (line) => console.log(line),
  });
  const tool = openTool(kafka);
  try {
    const [some, many] = short ? [100_000, 1_000_000] : [1_000_000, 10_000_000];
    await tool.run('bulk', 'page', PARTITIONS, some, 100, 'none');
    await tool.run('bulk', 'page-long', PARTITIONS, many, 100, 'lz4');
    console.log(`   Kafka ${kafka.version}, load ${load()}, medians of ${rounds}`);
    const profile = { id: 'bench', name: 'bench', bootstrap: kafka.bootstrap.split(',') };
    let missed = await firstRow(profile, rounds);
    missed += await roundTrips(profile);
    missed += await stopAndClose(profile, rounds);
    // On a very busy machine the producer may have given up on a batch: what is there counts.
    const [{ scanned }] = (await tool.run('count', 'page-long')) as [{ scanned: number }];
    missed += await memory(profile, scanned);
    await tool.run('delete', 'page');
    await tool.run('delete', 'page-long');
    return missed;
  } finally {
    await tool.close();
    await kafka.stop();
  }
}

/** ms: Kafka's default of `group.initial.rebalance.delay.ms`, as brokers that people read from have it. */
const GROUP_WAIT = 3_000;

/** Time as ListOffsets takes it: in the middle of what `bulk` writes. */
const MIDDLE = 1_790_000_050_000;
const STARTS = {
  'last 100': { kind: 'last', count: 100 },
  earliest: { kind: 'earliest' },
  'an offset': { kind: 'offset', offset: 5_000 },
  'a time': { kind: 'time', timestamp: MIDDLE },
} as const;

/** What a page looks at when it opens. */
const VIEW: Look = { rows: 80, sort: { by: 'time', newestFirst: false }, newest: false };

/** From the page's ready event, with its worker connected meanwhile, to the row it asked for. */
async function firstRow(profile: ClusterProfile, rounds: number): Promise<number> {
  let missed = 0;
  const opening: number[] = [];
  const joining: number[] = [];
  const times = Object.keys(STARTS).map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, start] of Object.values(STARTS).entries()) {
      const created = performance.now();
      const page = new PageStandIn(WORKER, profile, 'page');
      await page.opened;
      const ready = performance.now();
      opening.push(ready - created);
      void page.worker.request('look', VIEW);
      await page.read(readSpec(start), ({ status }) => (status?.matched ?? 0) > 0);
      if (page.rows.length === 0) throw new Error('a row was told and not given');
      times[at]!.push(performance.now() - ready);
      page.worker.dispose();
    }
    joining.push(await join(profile));
  }
  console.log(`   worker started and connected while the panel is created: ${median(opening).toFixed(0)} ms`);
  for (const [at, name] of Object.keys(STARTS).entries()) {
    const ms = median(times[at]!);
    missed += verdict(`ready to first row, from ${name}: ${ms.toFixed(0)} ms`, ms <= 150, '150 ms');
  }
  // Like with like: both from the earliest offset.
  const [ours, theirs] = [median(times[Object.keys(STARTS).indexOf('earliest')]!), median(joining)];
  missed += verdict(
    `a kafkajs consumer, connected before, joins a group and has its first row from earliest after ${theirs.toFixed(0)} ms, ${(theirs / ours).toFixed(1)}x`,
    theirs / ours >= 10,
    '10x',
  );
  console.log(
    `   without the ${GROUP_WAIT} ms that a broker waits for more members by default: ${((theirs - GROUP_WAIT) / ours).toFixed(1)}x`,
  );
  return missed;
}

/** ms from subscribing to the first batch. */
async function join({ bootstrap }: ClusterProfile): Promise<number> {
  const kafkajs = new Kafka({ brokers: [...bootstrap], logLevel: logLevel.NOTHING });
  const consumer = kafkajs.consumer({ groupId: `bench-${randomUUID()}`, maxWaitTimeInMs: 50 });
  await consumer.connect();
  const start = performance.now();
  await consumer.subscribe({ topic: 'page', fromBeginning: true });
  const ms = await new Promise<number>((resolve, reject) => {
    const eachBatch = () => Promise.resolve(resolve(performance.now() - start));
    consumer.run({ autoCommit: false, eachBatch }).catch(reject);
  });
  await consumer.disconnect();
  return ms;
}

async function roundTrips(profile: ClusterProfile): Promise<number> {
  let missed = 0;
  for (const [name, start] of Object.entries(STARTS)) {
    const abort = new AbortController();
    const connection = await connectCluster(profile, {});
    const count = countRequests(connection);
    const isolation = 'read_committed';
    const committed = () => Promise.resolve(new Map<number, number>());
    const { ranges, log } = await resolveRanges(
      connection,
      'page',
      { start, end: { kind: 'forever' }, isolation, committed },
      abort.signal,
    );
    let trips = 0;
    for await (const event of readRanges(connection, { topic: 'page', log, ranges, isolation }, abort.signal))
      if (event.kind === 'batch') {
        trips = count.roundTrips;
        break;
      }
    await connection.close();
    missed += verdict(`round trips to the first row, from ${name}: ${trips}`, trips <= 4, '4');
  }
  return missed;
}

/** Stop and close in the middle of reading: told to the page, and sockets gone. */
async function stopAndClose(profile: ClusterProfile, rounds: number): Promise<number> {
  const stopping: number[] = [];
  const closing: number[] = [];
  const counter = await SocketCounter.before(profile.bootstrap);
  const counted = { ...profile, addressMap: counter.addressMap };
  for (let round = 0; round < rounds; round++) {
    const page = new PageStandIn(WORKER, counted, 'page-long');
    await page.opened;
    await page.read(readSpec({ kind: 'earliest' }), ({ status }) => (status?.matched ?? 0) > 1000);
    const before = counter.closed;
    const asked = performance.now();
    await page.worker.request('stop', {});
    await counter.until(() => counter.closed > before);
    stopping.push(performance.now() - asked);
    await page.read(readSpec({ kind: 'earliest' }), ({ status }) => (status?.matched ?? 0) > 1000);
    const closed = performance.now();
    page.worker.dispose();
    await counter.until(() => counter.open === 0);
    closing.push(performance.now() - closed);
  }
  await counter.close();
  const [stop, close] = [median(stopping), median(closing)];
  return (
    verdict(`stop is answered and the reading's sockets are closed after ${stop.toFixed(0)} ms`, stop <= 50, '50 ms') +
    verdict(`closing ends every socket after ${close.toFixed(0)} ms`, close <= 50, '50 ms')
  );
}

/** A whole long topic read, every record a row. */
async function memory(profile: ClusterProfile, total: number): Promise<number> {
  const work = mkdtempSync(path.join(tmpdir(), 'kafka-dapr-bench-'));
  const worker = path.join(work, 'worker.js');
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  const held = () => (collect(), heldHere());
  writeFileSync(worker, WORKER_THAT_TELLS_ITS_MEMORY);
  const page = new PageStandIn(worker, profile, 'page-long');
  await page.opened;
  const before = held();
  const start = performance.now();
  const pause = await longestPause(() =>
    page.read(readSpec({ kind: 'earliest' }, { kind: 'end' }), ({ status }) => status?.state === 'done'),
  );
  const ms = performance.now() - start;
  const host = held() - before;
  const inWorker = await new Promise<number>((resolve) => {
    const channel = new BroadcastChannel('bench-memory');
    channel.onmessage = ({ data }) => {
      channel.close();
      resolve(data as number);
    };
    channel.postMessage('how much');
  });
  const right = page.status?.scanned === total && page.status.matched === total;
  console.log(`   ${total} x 100 B, lz4, every record a row: ${(total / ms / 1000).toFixed(2)} M/s  load ${load()}`);
  page.worker.dispose();
  rmSync(work, { recursive: true });
  return (
    verdict(`scanned ${page.status?.scanned}, rows ${page.status?.matched}`, right, 'all of them') +
    verdict(`the worker holds ${(inWorker / MIB).toFixed(0)} MiB`, inWorker <= 300 * MIB, '300 MiB') +
    verdict(`the host holds ${(host / MIB).toFixed(1)} MiB more`, host <= 5 * MIB, '5 MiB') +
    verdict(`the host's event loop waits ${pause.toFixed(0)} ms at most`, pause <= 20, '20 ms')
  );
}

/** Heap and external memory of this thread, bytes. */
function heldHere(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const WORKER_THAT_TELLS_ITS_MEMORY = `
  require('node:v8').setFlagsFromString('--expose-gc');
  const collect = require('node:vm').runInNewContext('gc');
  const channel = new BroadcastChannel('bench-memory');
  channel.unref();
  channel.onmessage = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    channel.postMessage(heapUsed + external);
  };
  require(${JSON.stringify(WORKER)});
`;
