import { setImmediate } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { count as formatCount } from '../../shared/counts.ts';
import type { ReplayDelivery } from '../../shared/replayPage.ts';
import type { DryRunSetup } from '../dapr/delivery/dryRun.ts';
import type { Reader, ReaderTopic } from '../dapr/delivery/readers.ts';
import { deliveryRows, uncommittedNote } from './deliveryRows.ts';
import { dryRun, dryRunSetup, type RangeRecord } from './dryRun.ts';
import { batchOf } from './bulk.ts';
import { isBulk } from '../dapr/resources/subscription.ts';
import { rangeRecords, type RangeSource } from './rangeRecords.ts';
import type { PartitionForecast } from './result.ts';

/** One topic as one component would read it, and where. */
export interface Delivery {
  reader: Reader;
  topic: ReaderTopic;
  brokerTopic: string;
  partitions: readonly PartitionForecast[];
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
  { reader, topic, brokerTopic, partitions, daprVersion, http }: Delivery,
  onRecords: (records: number) => void,
  signal: AbortSignal,
): Promise<ReplayDelivery> {
  const [{ createMatchEvaluator }, { compileRegex }] = await Promise.all([
    import('./matchEvaluator.late.ts'),
    import('../scan/expressions.late.ts'),
  ]);
  const environment = { now: Date.now(), daprVersion, http, evaluate: createMatchEvaluator(), compileRegex };
  const setup = dryRunSetup(reader, topic.subscription, environment);
  const problems: string[] = [];
  const records = rangeRecords(source, brokerTopic, partitions, (problem) => problems.push(problem), signal);
  const result = await dryRun(paced(records, onRecords), setup, signal);
  const uncommitted = uncommittedNote(result);
  const notes = [...(uncommitted === undefined ? [] : [uncommitted]), ...notJudged(topic, setup)];
  return { records: result.records, rows: deliveryRows(result), notes, problems };
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

async function* paced(records: AsyncIterable<RangeRecord>, onRecords: (records: number) => void) {
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
