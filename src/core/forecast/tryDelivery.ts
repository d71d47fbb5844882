import { setImmediate } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { count as formatCount } from '../../shared/counts.ts';
import type { DeliveryRead, MorePlaces, ReplayDelivery } from '../../shared/replayPage.ts';
import type { DryRunSetup } from '../dapr/delivery/dryRun.ts';
import type { Reader, ReaderTopic } from '../dapr/delivery/readers.ts';
import { deliveryRows, uncommittedNote } from './deliveryRows.ts';
import { dryRun, dryRunSetup } from './dryRun.ts';
import type { Beyond } from './examples.ts';
import { batchOf } from './bulk.ts';
import { isBulk } from '../dapr/resources/subscription.ts';
import { rangeRecords, type RangeSource } from './rangeRecords.ts';

/** One topic as one component would read it, and where. */
export interface Delivery {
  reader: Reader;
  topic: ReaderTopic;
  brokerTopic: string;
  partitions: DeliveryRead['ranges'];
  daprVersion: string;
  /** daprd calls the app by HTTP, which refuses some header values; else by gRPC. */
  http: boolean;
}

/** ms of work before everything else of the process has a turn. */
const SLICE = 8;
/** Records between two words about progress. */
const STEP = 1_000;

/**
 * Reads what would be delivered, without a group, and does with each record what daprd would do. Throws KafkaError when brokers stay unreachable, and when the signal stops it.
 * @param onRecords told now and then how many records were read
 */
export async function tryDelivery(
  source: RangeSource,
  delivery: Delivery,
  onRecords: (records: number) => void,
  signal: AbortSignal,
): Promise<ReplayDelivery> {
  const read = {
    at: Date.now(),
    ranges: delivery.partitions.map(({ partition, first, logStart, highWatermark }) => ({
      partition,
      first,
      logStart,
      highWatermark,
    })),
  };
  const setup = await setupOf(delivery, read.at);
  const problems: string[] = [];
  const records = rangeRecords(source, delivery.brokerTopic, read.ranges, (problem) => problems.push(problem), signal);
  const result = await dryRun(paced(records, onRecords), setup, signal);
  const uncommitted = uncommittedNote(result);
  const notes = [...(uncommitted === undefined ? [] : [uncommitted]), ...notJudged(delivery.topic, setup)];
  return { read, records: result.records, rows: deliveryRows(result), notes, problems };
}

/**
 * The next messages of one fate, beyond those that were shown: reads the same offsets, judged as at the same time, until they are found.
 * Throws as {@link tryDelivery} does.
 */
export async function morePlaces(
  source: RangeSource,
  delivery: Delivery,
  { read, ...beyond }: Beyond & { read: DeliveryRead },
  onRecords: (records: number) => void,
  signal: AbortSignal,
): Promise<MorePlaces> {
  const setup = await setupOf(delivery, read.at);
  // What was given up, or stands before in its batch, decides what becomes of a record; else what was shown needs no second look.
  const carries = setup.keepsTrying === false || setup.batch !== undefined;
  const last = new Map(beyond.after.map(({ partition, offset }) => [partition, offset]));
  const ranges = read.ranges.map((range) =>
    range.first === null || carries
      ? range
      : { ...range, first: Math.max(range.first, (last.get(range.partition) ?? -1) + 1) },
  );
  const problems: string[] = [];
  const records = rangeRecords(source, delivery.brokerTopic, ranges, (problem) => problems.push(problem), signal);
  const { examples } = await dryRun(paced(records, onRecords), setup, signal, beyond);
  return { ...examples.of(beyond.fate), problems };
}

async function setupOf({ reader, topic, daprVersion, http }: Delivery, now: number): Promise<DryRunSetup> {
  const [{ createMatchEvaluator }, { compileRegex }] = await Promise.all([
    import('./matchEvaluator.late.ts'),
    import('../scan/expressions.late.ts'),
  ]);
  const environment = { now, daprVersion, http, evaluate: createMatchEvaluator(), compileRegex };
  return dryRunSetup(reader, topic.subscription, environment);
}

function notJudged({ subscription }: ReaderTopic, { schema }: DryRunSetup): string[] {
  const notes: string[] = [];
  if (isBulk(subscription))
    notes.push(
      l10n.t(
        'Bulk subscribe hands over batches, here taken as {0} messages each: one that is no JSON is lost where another follows it in its batch, and else the batch is tried again for ever, which holds up every partition of the instance.',
        formatCount(batchOf(subscription)),
      ),
    );
  if (schema === 'avro')
    notes.push(l10n.t('Avro values were taken as readable: route rules on what they hold were not judged.'));
  return notes;
}

async function* paced<T>(records: AsyncIterable<T>, onRecords: (records: number) => void): AsyncGenerator<T> {
  let count = 0;
  let since = performance.now();
  for await (const record of records) {
    yield record;
    if (++count % STEP === 0) onRecords(count);
    if (performance.now() - since > SLICE) {
      await setImmediate();
      since = performance.now();
    }
  }
}
