import * as l10n from '@vscode/l10n';
import type { ClusterClient } from '../../kafka/clusterClient.ts';
import type { ValueDecoder } from '../../kafka/values/valueDecoder.ts';
import type { CommittedOffsets } from '../../kafka/read/resolveRanges.ts';
import { keyOf, valueOf } from '../../kafka/records/record.ts';
import { preview } from '../../kafka/values/text.ts';
import type { Placement, RedrivePlan, RedriveSource } from '../../../shared/redrivePage.ts';
import { sourceRanges, sourceRecords } from './source.ts';
import { messageCount, partitionCount } from '../../../shared/counts.ts';

export interface RedriveRequest {
  topic: string;
  /** Of the source's filter. */
  decoder: ValueDecoder;
  source: RedriveSource;
  target: string;
  placement: Placement;
  committed: CommittedOffsets;
  /** Told now and then how many records were looked at. */
  onScanned?: (records: number) => void;
}

/** Records of which a preview shows key and value. */
const SHOWN = 5;
const PREVIEW = 120;
/** Records between two words about progress. */
const STEP = 5000;

/** Counts what a redrive would write, by reading it. Reads only. Throws a sentence when there is nothing to plan. */
export async function planRedrive(
  client: ClusterClient,
  request: RedriveRequest,
  signal: AbortSignal,
): Promise<RedrivePlan> {
  const { topic, source, target, placement } = request;
  if (target === topic)
    throw new Error(
      l10n.t('The target is {0} itself: its messages would be in it twice. Choose another topic.', topic),
    );
  const [found] = await client.topics([target], { signal });
  if (!found || found.partitions.length === 0)
    throw new Error(found?.error ?? l10n.t('The topic {0} does not exist.', target));
  const { ranges, problems } = await sourceRanges(client.connection, topic, source, request.committed, signal);
  const counts = new Map(ranges.map(({ partition }) => [partition, 0]));
  const plan: RedrivePlan = {
    job: { source, ranges, target, placement },
    counts: [],
    first: [],
    targetPartitions: found.partitions.length,
    notes: problems,
  };
  let scanned = 0;
  let unjudged = 0;
  let told = 0;
  for await (const step of sourceRecords(client.connection, topic, plan.job, {}, request.decoder, signal)) {
    if (step.kind === 'problem') {
      const place = step.partition === null ? '' : `P${step.partition} ${step.offset ?? ''}: `;
      plan.notes.push(`${place}${step.message}`);
      continue;
    }
    const { partition } = step;
    counts.set(partition, (counts.get(partition) ?? 0) + step.records.length);
    for (const record of step.records.slice(0, SHOWN - plan.first.length))
      plan.first.push({
        partition,
        offset: record.offset,
        key: shown(keyOf(record)),
        value: shown(valueOf(record)),
        headerCount: record.headerCount,
      });
    scanned += step.scanned;
    unjudged += step.unjudged;
    if (scanned - told >= STEP) request.onScanned?.((told = scanned));
  }
  signal.throwIfAborted();
  plan.counts = [...counts]
    .map(([partition, count]) => ({ partition, count }))
    .sort((a, b) => a.partition - b.partition);
  if (unjudged > 0)
    plan.notes.push(l10n.t('{0} could not be judged by the filter and will be left out.', messageCount(unjudged)));
  const wanted = source.kind === 'records' ? source.places.reduce((sum, p) => sum + p.offsets.length, 0) : 0;
  const missing = wanted - plan.counts.reduce((sum, c) => sum + c.count, 0);
  if (source.kind === 'records' && missing > 0)
    plan.notes.push(
      l10n.t(
        '{0} of the chosen messages are left out: deleted by Kafka meanwhile, not committed, or not readable.',
        missing,
      ),
    );
  plan.notes.push(...(await targetNotes(client, plan, signal)));
  return plan;
}

function shown(bytes: Buffer | null): string | null {
  return bytes === null ? null : preview(bytes, PREVIEW).text;
}

/** Where the target would not keep a record as it is. */
async function targetNotes(client: ClusterClient, plan: RedrivePlan, signal: AbortSignal): Promise<string[]> {
  const { job, targetPartitions } = plan;
  const notes: string[] = [];
  const beyond = job.ranges.filter((r) => r.partition >= targetPartitions).map((r) => `P${r.partition}`);
  if (job.placement === 'partition' && beyond.length > 0)
    throw new Error(
      l10n.t(
        '{0} has {1}: {2} of the source has no counterpart. Let the key choose.',
        job.target,
        partitionCount(targetPartitions),
        beyond.join(', '),
      ),
    );
  // Who may write to a topic need not be allowed to see its settings: then there is nothing to say about them.
  const settings = await client.topicSettings(job.target, { signal }).catch(() => []);
  const setting = (name: string) => settings.find((s) => s.name === name)?.value;
  if (setting('message.timestamp.type') === 'LogAppendTime')
    notes.push(l10n.t('{0} stamps messages itself (LogAppendTime): their timestamps will be new.', job.target));
  if (setting('cleanup.policy')?.includes('compact'))
    notes.push(l10n.t('{0} is compacted: a message without a key is refused.', job.target));
  return notes;
}
