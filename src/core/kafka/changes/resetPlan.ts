import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterClient, Group, GroupOffset, GroupType, TopicWithOffsets } from '../clusterClient.ts';
import { standing } from '../groups/lag.ts';
import { groupNotFound } from '../groups/notFound.ts';
import { resolveRanges } from '../read/resolveRanges.ts';
import { KafkaError } from '../transport/kafkaError.ts';
import { ChangeRefused } from './gate.ts';
import { whoRuns } from './members.ts';
import { resetOffset, type ResetTarget } from './resetTarget.ts';

/** Which partitions to reset; `partitions` absent: all of the topic. */
export interface ResetScope {
  topic: string;
  partitions?: number[];
}

export interface ResetChange {
  topic: string;
  partition: number;
  /** null: never committed. */
  from: number | null;
  /** null, in an undo: as if it had never committed. */
  to: number | null;
  lagBefore: number | null;
  lagAfter: number | null;
}

/** A dry run: what a reset would do. */
export interface ResetPlan {
  group: string;
  state: string;
  coordinator: number | null;
  changes: ResetChange[];
  /** Partitions that stay as they are, each with a sentence. */
  problems: string[];
  /** What a reset means for a group of this type, where that may surprise. */
  notes: string[];
}

/**
 * Works out where a reset would move a group. Reads only.
 * @throws {ChangeRefused} when the group does not exist or has members (they are named); KafkaError when the brokers
 * that answer do not know it.
 */
export async function planReset(
  client: ClusterClient,
  group: string,
  scopes: readonly ResetScope[],
  target: ResetTarget,
  options: CallOptions = {},
): Promise<ResetPlan> {
  const current = await resettable(client, group, options);
  const other = target.kind === 'group' ? await existing(client, target.group, options) : undefined;
  const names = [...new Set(scopes.map((scope) => scope.topic))];
  const topics = await client.offsets(await client.topics(names, options), options);
  const plan: ResetPlan = {
    group,
    state: current.state,
    coordinator: current.coordinator,
    changes: [],
    problems: [],
    notes: notesOn(current.type),
  };
  for (const topic of topics) {
    const wanted = wantedPartitions(topic, scopes);
    const times = target.kind === 'time' ? await offsetsAt(client, topic.name, target.timestamp, options) : new Map();
    for (const p of topic.partitions) {
      if (!wanted.has(p.partition)) continue;
      const place = `${topic.name} P${p.partition}`;
      if (p.logStart === null || p.highWatermark === null) {
        plan.problems.push(`${place}: ${p.error ?? l10n.t('its offsets are not known.')}`);
        continue;
      }
      const row = rowOf(current, topic.name, p.partition);
      const committed = row?.committed ?? null;
      const to = resetOffset(target, {
        logStart: p.logStart,
        highWatermark: p.highWatermark,
        committed,
        atTime: (times as Map<number, number>).get(p.partition) ?? null,
        otherCommitted: (other && rowOf(other, topic.name, p.partition)?.committed) ?? null,
      });
      if (to === null) {
        plan.problems.push(
          target.kind === 'group'
            ? l10n.t('{0}: {1} never committed here, there is no position to copy.', place, target.group)
            : l10n.t('{0}: {1} never committed here, there is no position to shift.', place, group),
        );
        continue;
      }
      plan.changes.push({
        topic: topic.name,
        partition: p.partition,
        from: committed,
        to,
        lagBefore: current.type === 'share' ? (row?.lag ?? null) : standing(committed, p.logStart, p.highWatermark).lag,
        lagAfter: p.highWatermark - to,
      });
    }
  }
  return plan;
}

async function existing(client: ClusterClient, id: string, options: CallOptions): Promise<Group> {
  const listing = await client.groups(options);
  const listed = listing.groups.find((group) => group.group === id);
  if (!listed) {
    if (listing.errors.length > 0) throw new KafkaError('kafka', groupNotFound(id, listing));
    throw new ChangeRefused(l10n.t('There is no group "{0}" on this cluster.', id));
  }
  const [described] = await client.describeGroups([id], options);
  return described ?? { ...listed, assignor: null, members: [], offsets: [] };
}

async function resettable(client: ClusterClient, id: string, options: CallOptions): Promise<Group> {
  const group = await existing(client, id, options);
  const running = whoRuns(group);
  if (running !== null) throw new ChangeRefused(running);
  if (group.state !== 'Empty' && group.state !== 'Dead')
    throw new ChangeRefused(l10n.t('{0} is not empty (state {1}): stop its members first.', id, group.state));
  return group;
}

function notesOn(type: GroupType): string[] {
  switch (type) {
    case 'classic':
    case 'consumer':
      return [];
    case 'share':
      return [l10n.t('A share group gives out everything from the new offset on again, acknowledged or not.')];
    case 'streams':
      return [
        l10n.t(
          'State stores, changelogs and repartition topics of a streams group stay as they are: what is read again is added to what they hold.',
        ),
      ];
  }
}

/** Partition -> first offset at or after the time; where there is none, the end. */
async function offsetsAt(
  client: ClusterClient,
  topic: string,
  timestamp: number,
  { signal = AbortSignal.timeout(60_000) }: CallOptions,
): Promise<Map<number, number>> {
  const request = {
    start: { kind: 'time', timestamp },
    end: { kind: 'end' },
    isolation: 'read_uncommitted',
    committed: () => Promise.resolve(new Map<number, number | null>()),
  } as const;
  const { ranges } = await resolveRanges(client.connection, topic, request, signal);
  return new Map(ranges.map((range) => [range.partition, range.start]));
}

function wantedPartitions(topic: TopicWithOffsets, scopes: readonly ResetScope[]): Set<number> {
  if (topic.error && topic.partitions.length === 0) throw new ChangeRefused(`${topic.name}: ${topic.error}`);
  const known = new Set(topic.partitions.map((p) => p.partition));
  const wanted = new Set<number>();
  for (const scope of scopes) {
    if (scope.topic !== topic.name) continue;
    for (const partition of scope.partitions ?? known) {
      if (!known.has(partition))
        throw new ChangeRefused(l10n.t('{0} has no partition {1}; it has {2}.', topic.name, partition, known.size));
      wanted.add(partition);
    }
  }
  return wanted;
}

const rowOf = (group: Group, topic: string, partition: number): GroupOffset | undefined =>
  group.offsets.find((offset) => offset.topic === topic && offset.partition === partition);
